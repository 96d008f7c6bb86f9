import MimeNode from 'nodemailer/lib/mime-node';
import type { Message } from './compose-message.ts';

type Attachment = Message['attachments'][number];

/**
 * An attachment as a finished MIME part. Every reader of an edition is sent the same file, so it is encoded once and
 * kept as long as its content is.
 */
export function createAttachmentParts(): (attachment: Attachment) => Promise<Buffer> {
  const parts = new WeakMap<Uint8Array, Map<string, Promise<Buffer>>>();
  return ({ filename, contentType, content }) => {
    const known = parts.get(content) ?? new Map<string, Promise<Buffer>>();
    parts.set(content, known);
    const name = `${contentType} ${filename}`;
    const part = known.get(name) ?? encode({ filename, contentType, content });
    known.set(name, part);
    return part;
  };
}

async function encode({ filename, contentType, content }: Attachment): Promise<Buffer> {
  // As a child, for a message of its own would get a date and an id.
  const node = new MimeNode('multipart/mixed').createChild(contentType, { filename, textEncoding: 'B' });
  node.setHeader('Content-Disposition', 'attachment');
  node.setHeader('Content-Transfer-Encoding', 'base64');
  node.setContent(Buffer.from(content));
  const part = await node.build();
  // The line break before the next boundary is the boundary's.
  return part.subarray(0, part.lastIndexOf('\r\n'));
}
