import type { Edition, SourceCoverage } from '../model/edition.ts';
import { webAddress } from './document-view.ts';
import type { MadeView } from './edition-view.ts';
import type { Wording } from './wording.ts';

/** How the edition came about: coverage, counts, and every page that could not enter. */
export function madeView(edition: Edition, words: Wording): MadeView {
  const { coverage, counts, leftOut } = edition;
  const quiet = coverage.sources.filter(({ state }) => !isTrouble(state));
  const states = Map.groupBy(quiet, ({ state }) => state);
  const reasons = Map.groupBy(leftOut, ({ reason }) => reason);
  return {
    covered: words.covered(coverage),
    counted: words.counted(counts),
    leftOut:
      leftOut.length === 0
        ? null
        : words.leftOut([...reasons].map(([reason, rows]) => [words.reasons[reason], rows.length])),
    hasSources: coverage.sources.length > 0,
    troubles: coverage.sources
      .filter(({ state }) => isTrouble(state))
      .map(({ name, state, detail }) => ({
        name,
        state: words.sourceStates[state],
        what: words.outcomes[/^\w+/.exec(detail)?.[0] ?? ''] ?? '',
        detail,
      }))
      .concat(
        (coverage.silent ?? []).map(({ name, lastOn, silentDays, limitDays }) => ({
          name,
          state: words.sourceStates.answered,
          what: words.outcomes.SOURCE_SILENT ?? '',
          detail: `${lastOn} (${silentDays} > ${limitDays})`,
        })),
      ),
    states: [...states].map(([state, sources]) => ({
      state: words.sourceStates[state],
      names: sources
        .map(({ name, documents }) => `${name} ${documents}`)
        .join(edition.lang === 'en' ? ', ' : '，'),
    })),
    problems: coverage.problems.map(({ code, sourceName, title, url, detail }) => ({
      what: words.problems[code] ?? code,
      source: sourceName,
      title: title === '' ? url : title,
      href: webAddress(url),
      detail,
    })),
  };
}

function isTrouble(state: SourceCoverage['state']): boolean {
  return state === 'refused' || state === 'failed';
}
