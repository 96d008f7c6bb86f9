import { AppError } from '../model/errors.ts';
import type { Writer, WritingTask } from '../model/writer.ts';
import { trustingGuard } from './address-guard.ts';
import { createAsk, NET_LIMITS } from './ask.ts';

/** A language model may think for a while before its first word. */
const THINKING_MS = 120_000;
/** Characters of each document that are handed over, and of all together. */
const MOST_OF_ONE = 4_000;
const MOST_OF_ALL = 8_000;
const LARGEST_ANSWER = 256 * 1024;

export interface WriterSettings {
  /** Of an OpenAI-compatible service, up to and with `/v1`. */
  readonly url: string;
  readonly model: string;
  /** Sent as a Bearer token; empty: none. */
  readonly key: string;
}

const INSTRUCTIONS = {
  'zh-CN':
    '你为政策分析人员撰写周报。根据所给文件，用一至两句简体中文说明：谁、做了什么、对象、数额、日期。只使用文件中的事实和原词；数字、名称、日期、文号一律照抄；不评论，不推测，不加标题。',
  en: 'You write a weekly digest for policy analysts. From the documents given, write one or two English sentences: who does what, for whom, how much, by when. Use only facts stated in the documents; copy every number, name, date and document number exactly; no comment, no inference, no heading.',
} as const;

/** A writer behind an OpenAI-compatible address. Asked with temperature 0, so that the same story is told the same way. */
export function createWriter({ url, model, key }: WriterSettings): Writer & { close(): Promise<void> } {
  const wire = createAsk({
    guard: trustingGuard(),
    limits: { ...NET_LIMITS, headersMs: THINKING_MS, idleMs: THINKING_MS },
  });
  const address = `${url.replace(/\/+$/, '')}/chat/completions`;
  return {
    name: model,
    close: wire.close,
    async write(task, signal) {
      const { status, body } = await wire.ask({
        url: address,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          ...(key === '' ? {} : { authorization: `Bearer ${key}` }),
        },
        body: JSON.stringify(questionOf(model, task)),
        maxBytes: LARGEST_ANSWER,
        leftMs: 2 * THINKING_MS,
        signal,
      });
      const text = new TextDecoder().decode(body);
      if (status !== 200)
        throw new AppError('WRITER_FAILED', `asking ${address}: status ${status}, ${text.slice(0, 200)}`, {
          retryable: status === 429 || status >= 500,
        });
      return answerOf(text, address);
    },
  };
}

function questionOf(model: string, { lang, documents }: WritingTask): object {
  let left = MOST_OF_ALL;
  const parts: string[] = [];
  for (const { title, text } of documents) {
    if (left <= 0) break;
    const part = text.slice(0, Math.min(MOST_OF_ONE, left));
    left -= part.length;
    parts.push(`# ${title}\n${part}`);
  }
  return {
    model,
    temperature: 0,
    max_tokens: 400,
    messages: [
      { role: 'system', content: INSTRUCTIONS[lang] },
      // What a page says is material, never an instruction: whatever comes of it is checked against the page.
      { role: 'user', content: parts.join('\n\n') },
    ],
  };
}

function answerOf(text: string, address: string): string {
  const said = () =>
    new AppError('WRITER_FAILED', `asking ${address}: not a chat completion: ${text.slice(0, 200)}`);
  let value: { choices?: readonly { message?: { content?: unknown } }[] };
  try {
    value = JSON.parse(text);
  } catch {
    throw said();
  }
  const content = value?.choices?.[0]?.message?.content;
  if (typeof content !== 'string') throw said();
  return content;
}
