import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createSmtpTransport } from '../../mail/smtp-transport.ts';
import type { MailTransport } from '../../mail/transport.ts';
import { addressHash } from '../../text/address.ts';
import { type Received, withSmtpServer } from '../mail/smtp.ts';
import { FAULTS, type Fault } from './mail-faults.ts';
import { type MailProgram, withMailProgram } from './mail-program.ts';

const SEEDS = Array.from({ length: 10 }, (_, seed) => seed);
const SILENCE_MS = 400;

/** Four readers, one of them hit; which one, and over how many connections, the seed says. */
function sceneOf(fault: Fault, seed: number) {
  const readers = ['a', 'b', 'c', 'd'].map((name) => `${name}@${name}.example`);
  const hit = readers[seed % readers.length] ?? '';
  return {
    readers,
    connections: 1 + (seed % 3),
    hits: (address: string) => fault.hitsAll || address === hit,
  };
}

async function transporting<T>(
  url: string,
  connections: number,
  work: (transport: MailTransport) => Promise<T>,
): Promise<T> {
  const transport = createSmtpTransport(url, { connections, silenceMs: SILENCE_MS });
  try {
    return await work(transport);
  } finally {
    await transport.close();
  }
}

/** One run against the faulty server, then one against a sound one two hours later. */
async function play(program: MailProgram, fault: Fault, seed: number): Promise<void> {
  const { readers, connections, hits } = sceneOf(fault, seed);
  await program.subscribe(...readers);
  await program.queue();
  const bytes = fault.bytes === undefined ? undefined : Buffer.alloc(fault.bytes, 'policy digest, line\r\n');
  const seal = bytes === undefined ? {} : { seal: async () => bytes };
  const taken: Received[] = [];
  let error: unknown;
  const { dropAt } = fault;
  await withSmtpServer(
    {
      options: (witness) => fault.options({ ...witness, seed, hits }),
      ...(dropAt === undefined ? {} : { dropAt }),
    },
    async ({ url, received }) => {
      await transporting(fault.url?.(url) ?? url, connections, async (transport) => {
        const mailing = program.mailing(transport, { connections, ...seal });
        await program.run(mailing).catch((thrown: unknown) => {
          error = thrown;
        });
      });
      taken.push(...received);
    },
  );
  const isStop = fault.becomes === 'queued';
  assert.equal(error instanceof Error ? /^MAIL_SETUP/.test(error.message) : false, isStop, String(error));
  const states = await program.states();
  for (const reader of readers) {
    const wanted = hits(reader) ? fault.becomes : 'sent';
    assert.equal(states[reader], wanted, `${fault.name}, seed ${seed}: ${reader}`);
  }
  await checkSuppressions(program, readers.filter(hits), fault, seed);

  program.move(120);
  await withSmtpServer({}, async ({ url, received }) => {
    await transporting(url, connections, (transport) =>
      program.run(program.mailing(transport, { connections })),
    );
    taken.push(...received);
  });
  const after = await program.states();
  for (const reader of readers) {
    const first = states[reader];
    const wanted = first === 'retry' || first === 'queued' ? 'sent' : first;
    assert.equal(after[reader], wanted, `${fault.name}, seed ${seed}, afterwards: ${reader}`);
    const times = taken.filter(({ to }) => to.includes(reader)).length;
    const isDone = wanted === 'sent' || (wanted === 'unknown' && fault.isTaken);
    assert.equal(times, isDone ? 1 : 0, `${fault.name}, seed ${seed}: ${reader} was mailed ${times} times`);
  }
}

async function checkSuppressions({ store }: MailProgram, hit: readonly string[], fault: Fault, seed: number) {
  const listed = (await store.suppressions.list()).map(({ emailHash }) => emailHash);
  assert.deepEqual(
    listed.sort(),
    fault.suppresses ? hit.map(addressHash).sort() : [],
    `${fault.name}, seed ${seed}`,
  );
}

describe('whatever a server does, each mail ends in the right state and nobody is mailed twice:', () => {
  for (const fault of FAULTS) {
    test(fault.name, async () => {
      await Promise.all(SEEDS.map((seed) => withMailProgram((program) => play(program, fault, seed))));
    });
  }
});
