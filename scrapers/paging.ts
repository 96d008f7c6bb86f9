import type { Source } from '../model/source.ts';

/** The same source as it is asked for its `ordinal`-th page (the second is 2); undefined past the last page to ask for. */
export function furtherList(source: Source, ordinal: number): Source | undefined {
  const { paging } = source;
  if (paging === undefined || ordinal < 2 || ordinal > paging.max) return undefined;
  const number = String(paging.second + ordinal - 2);
  if (paging.address !== undefined) {
    const url = URL.parse(paging.address.replaceAll('{n}', number), source.url);
    return url === null ? undefined : { ...source, url: url.href };
  }
  return paging.field === undefined ? undefined : withField(source, paging.field, number);
}

function withField(source: Source, field: string, number: string): Source {
  const request = source.request ?? {};
  if (request.json === undefined)
    return { ...source, request: { ...request, form: { ...request.form, [field]: number } } };
  // The schema lets any JSON through; only an object has fields.
  const json = { ...(request.json as object), [field]: Number(number) };
  return { ...source, request: { ...request, json } };
}
