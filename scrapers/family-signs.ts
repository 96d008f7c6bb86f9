import type { Source } from '../model/source.ts';

/** A family of sources and the patterns, on a page's address or text, that tell it. */
export interface FamilySigns {
  readonly name: string;
  readonly signs: readonly string[];
}

/** Signs stand in the head of a page or in its first links. */
const LOOKED_AT = 256 * 1024;

/** The families a page shows signs of. */
export function familiesOf<Family extends FamilySigns>(
  families: readonly Family[],
  page: { readonly url: string; readonly text: string },
): Family[] {
  const text = page.text.slice(0, LOOKED_AT);
  return families.filter(({ signs }) =>
    signs.some((sign) => {
      const pattern = new RegExp(sign, 'u');
      return pattern.test(page.url) || pattern.test(text);
    }),
  );
}

/**
 * The families a source's list looks like when it no longer shows a sign of its own one; undefined as long as it does, or
 * when its own family has no signs, or the page shows none at all.
 */
export function familyChange(
  source: Pick<Source, 'family'>,
  families: readonly FamilySigns[],
  page: { readonly url: string; readonly text: string },
): readonly string[] | undefined {
  const own = families.find(({ name }) => name === source.family);
  if (own === undefined || own.signs.length === 0) return undefined;
  const shown = familiesOf(families, page).map(({ name }) => name);
  return shown.length === 0 || shown.includes(own.name) ? undefined : shown;
}
