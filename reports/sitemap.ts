/** The list of pages for those who read archives by machine (sitemaps.org); only where the archive is on the web. */
export const SITEMAP_FILE = 'sitemap.xml';

/** The most that one file may list. */
const MOST_PAGES = 50_000;

/** @param paths relative to the archive, the most important first */
export function sitemapFile(archiveUrl: string, paths: readonly string[]): string {
  const rows = paths
    .slice(0, MOST_PAGES)
    .map((path) => `<url><loc>${escaped(new URL(path, archiveUrl).href)}</loc></url>`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ...rows,
    '</urlset>',
    '',
  ].join('\n');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll("'", '&apos;');
}
