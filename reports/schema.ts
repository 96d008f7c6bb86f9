import { z } from 'zod';

/** How an edition may be told to machines: the shape of `edition.json`, with what each field means. */
const text = (description: string) => z.string().describe(description);
const count = (description: string) => z.int().min(0).describe(description);
const day = (description: string) => z.iso.date().describe(description);
const instant = (description: string) => z.iso.datetime().describe(description);
const week = z
  .string()
  .regex(/^\d{4}-W\d{2}$/)
  .describe('ISO week, 2021-W25.');

const sentence = z
  .object({
    text: text('The words, exactly as the document has them.'),
    documentId: text('The document that says so.'),
    revision: z.int().min(1).describe('Which version of its words.'),
    start: count('UTF-16 offset into the text of that version where the words begin.'),
    end: count('Offset behind the last character.'),
    contentHash: text('SHA-256 of that version: normalised title and text.'),
  })
  .meta({
    id: 'Sentence',
    description: 'Quoted words and where they stand; kept/<documentId>.html#s-<start> shows them in place.',
  });

const documentRef = z
  .object({
    documentId: text('Stable: made of the canonical address.'),
    role: z
      .enum(['lead', 'copy', 'reprint', 'report', 'interpretation'])
      .describe('How it stands to the first document of its story.'),
    because: text('The rule that put it into its story, and for a copy what it changed.'),
    copyOf: text('The first document with this text, when it is another one.').optional(),
    title: text('As published.'),
    url: text('As a reader opens it.'),
    lang: text('BCP 47 tag of its words.'),
    sourceId: text('The source that listed it: the name of its file in sources/.'),
    sourceName: text('In the edition’s language.'),
    publisher: text('The organisation behind the source.'),
    official: z.boolean().describe('True for government bodies.'),
    publishedOn: day('Calendar day in the source’s zone.'),
    issuedOn: day('成文日期, when the document states it.').optional(),
    issuers: z.array(z.string()).describe('发文机关, as printed.'),
    documentNumber: text('文号, as printed.').optional(),
    documentType: text('In the edition’s language.').optional(),
    credit: text('The medium that wrote it (来源), as against the site that shows it.').optional(),
    facets: z
      .array(z.string())
      .describe('Its instruments (STIP codes), technology fields and target groups, by id; see names.')
      .optional(),
    revision: z.int().min(1).describe('Version of its words; 1 is what was first seen.'),
    contentHash: text('SHA-256 over normalised title and text.'),
    rereleased: z.boolean().describe('Written long before it was put on line.'),
    kept: z
      .object({
        snapshotId: text('The kept page in the evidence.'),
        fetchedAt: instant('When it was fetched, UTC.'),
        contentHash: text('SHA-256 of the fetched bytes.'),
      })
      .describe('The stored bytes that the document was read from.'),
    attachments: z
      .array(
        z.object({
          title: text('As the page names it.'),
          url: z.string(),
          kind: text('pdf, docx, xlsx and so on.'),
          state: z
            .enum(['read', 'kept', 'scanned', 'failed', 'named'])
            .describe('Whether its text was read, and if not, how far it got.'),
        }),
      )
      .describe('Files that hang on it, in page order.'),
  })
  .meta({ id: 'DocumentRef', description: 'A document as an edition points to it.' });

const item = z
  .object({
    storyId: text('The event.'),
    headline: text('Title of the first document, in the source’s own words.'),
    lang: text('BCP 47 tag of the headline.'),
    sentences: z.array(sentence),
    topics: z.array(z.string()).describe('Ids; see names.'),
    regions: z.array(z.string()).describe('ISO 3166-2 codes and ids of strategic regions; see names.'),
    score: z.number().describe('Sum of the points of why.'),
    why: z
      .array(
        z.object({
          term: text('Name of the term.'),
          points: z.number(),
          reason: text('What earned the points.'),
        }),
      )
      .describe('Why it stands where it stands.'),
    documents: z.array(documentRef).describe('All documents of the story, the first one first.'),
    since: z
      .object({
        week,
        headline: text('As that edition told it.'),
        first: text('The storyId under which it was told first: one for all that go on with each other.'),
        firstWeek: week,
      })
      .describe('Which edition told it before, for stories that go on.')
      .optional(),
    written: z
      .object({
        writer: text('The language model that wrote it.'),
        sentences: z.array(
          z.object({
            text: text('Its words, in the edition’s language.'),
            basis: z
              .array(sentence)
              .describe('Sentences of the documents that have its numbers, names and dates.'),
          }),
        ),
      })
      .describe('What a language model wrote of the story, checked against its documents.')
      .optional(),
  })
  .meta({ id: 'Item', description: 'One story as the edition tells it.' });

const aheadRow = z
  .object({
    on: day('The day.'),
    time: text('HH:MM, local to the source, when stated.').optional(),
    kind: z.enum(['deadline', 'effective']),
    daysLeft: count('Counted from the day after the period.'),
    isGone: z.literal(true).describe('The publisher has taken the document down.').optional(),
    quote: sentence,
    document: documentRef,
  })
  .meta({ id: 'AheadRow', description: 'A date in the future that a document sets.' });

const counts = z
  .object({
    seen: count('Documents of the week.'),
    shown: count('First documents of shown items.'),
    folded: count('Further documents of shown stories.'),
    leftOut: count('Documents in leftOut.'),
    stories: count('Stories they belong to.'),
  })
  .describe('In documents: seen = shown + folded + leftOut.');

const coverage = z
  .object({
    sources: z.array(
      z.object({
        sourceId: z.string(),
        name: text('In the edition’s language.'),
        state: z.enum(['answered', 'refused', 'failed', 'disabled', 'notTried', 'imported']),
        entries: count('Entries of its lists that were new.'),
        documents: count('Documents of the week.'),
        detail: text('Why it did not answer; empty when it did.'),
      }),
    ),
    due: count('Sources to be read.'),
    answered: count('Sources that answered.'),
    refused: count('Sources that said no.'),
    failed: count('Sources that could not be read.'),
    silent: z
      .array(
        z.object({
          sourceId: z.string(),
          name: z.string(),
          lastOn: day('Newest publication seen.'),
          usualDays: z.number().describe('Its habit, in working days.'),
          limitDays: z.number().describe('Beyond this it counts as silent.'),
          silentDays: z.number(),
        }),
      )
      .describe('Sources that answer but have been silent beyond their habit.')
      .optional(),
    problems: z
      .array(
        z.object({
          code: text('A code of docs/errors.md.'),
          sourceName: z.string(),
          title: z.string(),
          url: z.string(),
          detail: z.string(),
        }),
      )
      .describe('Pages that could not enter the week.'),
  })
  .describe('How complete the week’s reading was.');

/** The whole edition. Fields may be added; those that are here stay. */
export const editionSchema = z
  .object({
    digestId: text('The digest: the name of its file in digests/.'),
    title: z.string(),
    subtitle: z.string(),
    lang: z.enum(['zh-CN', 'en']).describe('The language the edition speaks; quoted words keep theirs.'),
    template: text('The look: a folder in templates/.'),
    period: z
      .object({
        week,
        zone: text('IANA zone in which the week is counted.'),
        from: instant('Start, inclusive, UTC.'),
        to: instant('End, exclusive, UTC.'),
        firstDay: day('In the zone.'),
        lastDay: day('In the zone, inclusive.'),
      })
      .describe('The half-open time the edition covers.'),
    number: count('The week’s number in its ISO year.'),
    asOf: instant('The newest fetch among the data used.').optional(),
    brief: z.array(sentence).describe('In one minute: up to three sentences from different stories.'),
    lead: item.describe('The one thing; absent in an empty week.').optional(),
    ahead: z.array(aheadRow).describe('Deadlines and effective dates, soonest first.'),
    later: z.array(aheadRow).describe('Dates beyond those of ahead.'),
    newDocuments: z.array(
      z.object({
        document: documentRef,
        deadlineOn: day('Soonest deadline it sets.').optional(),
        effectiveOn: day('When it takes effect.').optional(),
        deadlineQuote: sentence.optional(),
        effectiveQuote: sentence.optional(),
      }),
    ),
    sections: z.array(
      z.object({
        id: text('A topic, or press, or other.'),
        title: text('In the edition’s language.'),
        items: z.array(item),
        more: count('Stories beyond its limit; they are in leftOut.'),
      }),
    ),
    running: z
      .array(item)
      .describe('Stories that an earlier edition told and that bring no new document or deadline.'),
    numbers: z
      .array(
        z.object({
          value: text('As printed, with its unit.'),
          measures: text('What is counted, as written before the number.').optional(),
          isTarget: z.boolean(),
          period: text('What it is meant for, as written.').optional(),
          figure: z
            .object({
              value: z.number().describe('In base magnitude: 1.2亿 is 120000000, 30% is 0.3.'),
              valueMax: z.number().describe('The upper end of a range.').optional(),
              unit: text('ISO 4217 for money, ratio, pp, rank, a measure or what is counted.'),
              qualifier: z.enum(['=', '>', '>=', '<', '<=', '~', 'range', 'class', 'change', 'target']),
              currency: text('ISO 4217.').optional(),
            })
            .describe('The same as a number.'),
          quote: sentence,
          document: documentRef,
        }),
      )
      .describe('Amounts and targets of the week.'),
    regions: z.array(
      z.object({
        id: z.string(),
        name: text('In the edition’s language.'),
        mark: text('One character or two letters for the map.'),
        tile: z.object({ col: z.int(), row: z.int() }).describe('Square on the map.').optional(),
        documents: count('Documents of the week about it.'),
        usual: z.number().describe('Mean of the earlier weeks.').optional(),
      }),
    ),
    weeks: z
      .array(
        z.object({
          week,
          documents: count('Documents that the digest tells.'),
          byTopic: z.record(z.string(), z.int()),
          byRegion: z.record(z.string(), z.int()),
        }),
      )
      .describe('Up to twelve weeks, this one last.'),
    changes: z
      .array(
        z.object({
          document: documentRef,
          fromRevision: z.int().min(1),
          toRevision: z.int().min(1),
          seenAt: instant('When the newer words were first seen.'),
          removed: z.array(z.string()).describe('Only in the older words.'),
          added: z.array(z.string()).describe('Only in the newer words.'),
        }),
      )
      .describe('Documents whose words changed.'),
    fates: z
      .array(
        z.object({
          document: documentRef,
          kind: z.enum(['gone', 'moved', 'refused', 'unreachable']),
          seenAt: instant('When it was noticed.'),
          movedTo: text('Where it lies now.').optional(),
        }),
      )
      .describe('Known documents whose page is gone, moved, refused or could not be reached.'),
    rereleased: z.array(documentRef).describe('Written long ago, put on line this week.'),
    leftOut: z
      .array(
        z.object({
          document: documentRef,
          reason: z.enum(['offTopic', 'limit', 'rereleased', 'notSelected']),
          section: text('The section whose limit it fell to.').optional(),
        }),
      )
      .describe('Documents of the week that no item shows, with the reason.'),
    coverage,
    counts,
    names: z.record(z.string(), z.string()).describe('Names of the topics, regions and facets used, by id.'),
  })
  .describe('One edition of a digest: edition.json.');

/**
 * The shape as JSON Schema 2020-12.
 * @param isClosed true when a field it does not name is a fault; false is what readers of later editions need
 */
export function editionJsonSchema({ isClosed }: { readonly isClosed: boolean }): object {
  return {
    ...z.toJSONSchema(editionSchema, {
      target: 'draft-2020-12',
      io: isClosed ? 'output' : 'input',
    }),
    title: 'Policy Digest edition',
  };
}
