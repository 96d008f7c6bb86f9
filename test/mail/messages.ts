import { composeMessage, type Message, type MessageInput } from '../../mail/compose-message.ts';
import { createSeal, type Seal } from '../../mail/seal.ts';
import type { Parcel } from '../../mail/transport.ts';
import type { DigestId } from '../../model/ids.ts';

/** A mail of a Chinese digest to one reader. */
export function messageInput(change: Partial<MessageInput> = {}): MessageInput {
  return {
    id: 'd1',
    messageId: '<a1b2@digest.example>',
    date: new Date('2021-06-28T00:00:00Z'),
    from: '创新政策周报 <digest@digest.example>',
    to: { address: 'reader@reader.example', name: '读者' },
    digestId: 'weekly' as DigestId,
    lang: 'zh-CN',
    subject: '创新政策周报 2021年第25期：关于组织申报年度重点研发计划项目的通知',
    html: '<html><body><p>本周要闻</p></body></html>',
    text: '本周要闻\n',
    pdf: { filename: '创新政策周报 2021年第25期.pdf', content: new TextEncoder().encode('%PDF-1.7') },
    archiveUrl: '',
    ...change,
  };
}

export function message(change: Partial<MessageInput> = {}): Message {
  return composeMessage(messageInput(change));
}

/** As it is handed to a transport. */
export async function parcelOf(one: Message, seal: Seal = createSeal()): Promise<Parcel> {
  return {
    messageId: one.messageId,
    envelope: { from: 'digest@digest.example', to: one.to.address },
    bytes: await seal(one),
  };
}
