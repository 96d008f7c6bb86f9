import type { AttachmentKind } from '../../model/attachment.ts';

/** Kinds whose text can be read; of all others the file is kept and named. */
export type ReadableKind = 'pdf' | 'docx' | 'xlsx';

const EXTENSION = /\.(pdf|docx|xlsx|pptx|doc|xls|ppt|wps|et|ofd|zip|rar)(?=$|[?#&\s）)》」】\]])/giu;

/** What a file is called: by the ending of its address, else of the words that link it; `other` without either. */
export function kindOfName(url: string, title: string): AttachmentKind {
  const ending = [...url.matchAll(EXTENSION)].at(-1)?.[1] ?? [...title.matchAll(EXTENSION)].at(-1)?.[1];
  // The pattern holds kinds only.
  return (ending?.toLowerCase() as AttachmentKind | undefined) ?? 'other';
}

/**
 * What a file is. Its first bytes are believed before its name: an error page called `.pdf` is no PDF. Undefined when
 * the bytes are those of a web page.
 */
export function kindOfFile(bytes: Uint8Array, named: AttachmentKind): AttachmentKind | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 1024)).toString(
    'latin1',
  );
  // Some servers send a few bytes before it, which readers of PDF allow.
  if (head.includes('%PDF-')) return 'pdf';
  if (head.startsWith('PK\u0003\u0004')) return kindOfZip(bytes, named);
  if (head.startsWith('Rar!')) return 'rar';
  if (head.startsWith('\u00D0\u00CF\u0011\u00E0')) return OLE.has(named) ? named : 'doc';
  if (/^[\s\u00EF\u00BB\u00BF]*(?:<!doctype html|<html|<head|<script|<body)/i.test(head)) return undefined;
  return NEEDS_MAGIC.has(named) ? 'other' : named;
}

/** Kinds that share the compound file format of old Office. */
const OLE: ReadonlySet<AttachmentKind> = new Set<AttachmentKind>(['doc', 'xls', 'ppt', 'wps', 'et']);
const NEEDS_MAGIC: ReadonlySet<AttachmentKind> = new Set<AttachmentKind>([
  ...(['pdf', 'docx', 'xlsx', 'pptx', 'ofd', 'zip', 'rar'] as const),
]);

/** The parts of Office files lie in folders of these names, which the list at the end of a ZIP file spells out. */
function kindOfZip(bytes: Uint8Array, named: AttachmentKind): AttachmentKind {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (whole.includes('word/document')) return 'docx';
  if (whole.includes('xl/workbook')) return 'xlsx';
  if (whole.includes('ppt/presentation')) return 'pptx';
  if (whole.includes('OFD.xml')) return 'ofd';
  return named === 'docx' || named === 'xlsx' ? named : 'zip';
}

export function isReadable(kind: AttachmentKind): kind is ReadableKind {
  return kind === 'pdf' || kind === 'docx' || kind === 'xlsx';
}
