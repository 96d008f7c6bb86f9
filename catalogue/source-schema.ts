import { z } from 'zod';
import { isZone } from '../text/calendar.ts';
import { selectorFault } from '../text/selector.ts';

/** Keys of a source file. What is wrong is said as an instruction: it is read by the person who edits the file. */
const text = z.string('give a text').trim().min(1, 'is empty');
const address = text.refine(
  (value) => /^https?:$/.test(URL.parse(value)?.protocol ?? ''),
  'give an http or https address',
);
const texts = z.record(z.string(), text);
const css = text.superRefine((value, context) => {
  const fault = selectorFault(value);
  if (fault !== undefined) context.addIssue(`is no CSS selector: ${fault}`);
});
const selector = z
  .union([css, z.array(css).min(1)], 'give a selector or a list of them')
  .transform((value) => [value].flat());
const paths = z
  .union([text, z.array(text).min(1)], 'give a path or a list of them')
  .transform((value) => [value].flat());
const pattern = text.refine(isPattern, 'is no regular expression');

const list = z.strictObject({
  item: css,
  title: selector,
  link: selector,
  date: selector.optional(),
  dateInLink: z.boolean().optional(),
  heading: css.optional(),
  issuer: selector.optional(),
  linkPattern: pattern.optional(),
  skip: pattern.optional(),
});

const json = z.strictObject({
  items: text,
  title: paths,
  link: paths,
  date: paths.optional(),
  summary: paths.optional(),
  issuer: paths.optional(),
  body: paths.optional(),
  guid: paths.optional(),
  linkPattern: pattern.optional(),
});

const prime = z
  .strictObject({
    url: address.optional(),
    unit: css.optional(),
    find: selector.optional(),
    pattern: pattern.optional(),
    address: text.optional(),
  })
  .refine((value) => value.unit === undefined || value.find === undefined, 'give unit or find, not both')
  .refine(
    (value) => value.find !== undefined || (value.pattern ?? value.address) === undefined,
    'pattern and address belong to find',
  );

const request = z
  .strictObject({
    method: z.enum(['GET', 'POST'], 'give GET or POST').optional(),
    form: z.record(z.string(), z.union([text, z.array(text)])).optional(),
    json: z.unknown().optional(),
    headers: texts.optional(),
    prime: prime.optional(),
  })
  .refine(
    (value) => value.json === undefined || value.method === 'POST',
    'json is sent with method: POST only',
  )
  .refine((value) => value.json === undefined || value.form === undefined, 'give form or json, not both');

const article = z.strictObject({
  title: selector.optional(),
  body: selector.optional(),
  date: selector.optional(),
  issuer: selector.optional(),
  attachments: selector.optional(),
  wholePage: selector.optional(),
  fromEntry: z.boolean().optional(),
});

const paging = z
  .strictObject({
    address: text.refine((value) => value.includes('{n}'), 'write {n} where the number stands').optional(),
    field: text.optional(),
    second: z.int('give the number of the second page').min(0),
    max: z.int('give a whole number').min(2).max(10).default(3),
  })
  .refine((value) => (value.address === undefined) !== (value.field === undefined), 'give address or field');

const evidence = z.strictObject({
  repo: text.optional(),
  path: text.optional(),
  date: text.optional(),
  note: text.optional(),
});

const kind = z.enum(
  ['feed', 'listing', 'sitemap', 'api', 'browser'],
  'give feed, listing, sitemap, api or browser',
);
const expect = z.strictObject({
  minEntries: z.int('give a whole number').min(0),
  maxAgeDays: z.int('give a whole number of days').min(1),
});

/** What a file of `sources/families/` may hold: parts shared by the sources of one CMS. */
export const familySchema = z.strictObject({
  about: text,
  /** Patterns on the address or the text of a page that tell the family. */
  signs: z.array(pattern).min(1).optional(),
  kind: kind.optional(),
  request: z.unknown().optional(),
  encoding: text.optional(),
  list: z.unknown().optional(),
  json: z.unknown().optional(),
  fragment: text.optional(),
  waitFor: css.optional(),
  paging: z.unknown().optional(),
  article: z.unknown().optional(),
  everyMinutes: z.unknown().optional(),
  expect: z.unknown().optional(),
});

/** A source file with its family merged in. */
export const sourceSchema = z.strictObject({
  id: text.regex(/^[a-z]+(?:-[a-z0-9]+)+$/, 'write it like cn-most-tztg'),
  name: text,
  nameEn: text,
  publisher: text,
  country: text.regex(/^(?:[A-Z]{2}|OECD)$/, 'give two capital letters (ISO 3166-1), EU or OECD'),
  region: text.regex(/^[A-Z]{2}-[A-Z0-9]{1,3}$/, 'give a code such as CN-SC (ISO 3166-2)').optional(),
  lang: text.regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]+)*$/, 'give a language tag such as zh-CN (BCP 47)'),
  zone: text.refine(isZone, 'is no time zone such as Asia/Shanghai').optional(),
  trust: z.enum(['government', 'stateMedia', 'media'], 'give government, stateMedia or media'),
  family: text.optional(),
  enabled: z.boolean('give true or false').default(true),
  disabledReason: text.optional(),
  kind: kind.optional(),
  url: address,
  homepage: address.optional(),
  request: request.optional(),
  encoding: text.refine(isEncoding, 'is no character encoding').optional(),
  list: list.optional(),
  json: json.optional(),
  fragment: text.optional(),
  waitFor: css.optional(),
  linkPattern: pattern.optional(),
  paging: paging.optional(),
  article: article.default({}),
  everyMinutes: z
    .int('give a whole number of minutes')
    .min(15, 'ask a site at most every 15 minutes')
    .default(240),
  expect: expect.partial().optional(),
  evidence: z.array(evidence).min(1, 'say where the facts were seen'),
});

export type SourceFields = z.infer<typeof sourceSchema>;

function isPattern(value: string): boolean {
  try {
    new RegExp(value, 'u');
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

function isEncoding(value: string): boolean {
  try {
    new TextDecoder(value);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
