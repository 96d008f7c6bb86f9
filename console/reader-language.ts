import type { FastifyRequest } from 'fastify';
import type { InterfaceLanguage } from '../model/digest.ts';

const LANGUAGES: readonly InterfaceLanguage[] = ['zh-CN', 'en'];

/** The language of a page for readers: the one asked for, else the reader's own, else the browser's, else `fallback`. */
export function languageOf(
  request: FastifyRequest,
  fallback: InterfaceLanguage,
  own?: InterfaceLanguage,
): InterfaceLanguage {
  const asked = (request.query as { lang?: unknown }).lang;
  return (
    LANGUAGES.find((lang) => lang === asked) ??
    own ??
    accepted(request.headers['accept-language']) ??
    fallback
  );
}

/** The best of `Accept-Language` that we speak: `de, zh-TW;q=0.8, en;q=0.5` → zh-CN. */
function accepted(header = ''): InterfaceLanguage | undefined {
  const wishes = header
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.map((text) => /^\s*q=([\d.]+)/.exec(text)?.[1]).find((q) => q !== undefined);
      return { tag, quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { tag } of wishes) {
    if (/^zh\b/.test(tag)) return 'zh-CN';
    if (/^en\b/.test(tag)) return 'en';
  }
  return undefined;
}
