import mammoth from 'mammoth';
import { textOf } from '../extract/blocks.ts';
import { blocksOfHtml } from '../extract/body.ts';
import { repack } from './unpack.ts';

/** The words of a Word document: paragraphs, lists, notes, and tables row by row. */
export async function docxText(bytes: Uint8Array): Promise<string> {
  const words = repack(bytes, (name) => /\.(?:xml|rels)$/i.test(name));
  const { value: html } = await mammoth.convertToHtml(
    { buffer: Buffer.from(words) },
    { externalFileAccess: false, convertImage: mammoth.images.imgElement(async () => ({ src: '' })) },
  );
  return textOf(blocksOfHtml(html, 'about:blank'));
}
