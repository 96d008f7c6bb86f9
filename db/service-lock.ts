import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { enter, holderOf, leave } from './lock-file.ts';

const LOOK_AGAIN_MS = 1_000;
const TELL_AGAIN_MS = 60_000;
/** A service has one place, not lanes. */
const PLACE = 'service';

/** The service that keeps another waiting. */
export interface OtherService {
  readonly pid: number;
  /** UTC ISO instant; absent when it has just gone. */
  readonly since: string | undefined;
}

/** One service looks after a data folder at a time. */
export interface ServiceLock {
  /**
   * Waits until the other has ended, however long: a rolling restart starts the new one first. Disposing gives the
   * place back.
   * @param onWait told at once and then every minute
   */
  take(signal: AbortSignal, onWait: (other: OtherService) => void): Promise<AsyncDisposable>;
}

/** A file `service.lock`, see lock-file.ts. */
export function createServiceLock(dataDir: string): ServiceLock {
  const file = path.join(dataDir, 'service.lock');
  return {
    async take(signal, onWait) {
      await mkdir(dataDir, { recursive: true });
      let tellInMs = 0;
      while (!(await enter(file, PLACE, async () => undefined))) {
        const pid = await holderOf(file);
        if (pid === undefined) continue;
        if (tellInMs <= 0) {
          onWait({ pid, since: await writtenAt(file) });
          tellInMs = TELL_AGAIN_MS;
        }
        await sleep(LOOK_AGAIN_MS, undefined, { signal });
        tellInMs -= LOOK_AGAIN_MS;
      }
      return { [Symbol.asyncDispose]: () => leave(file, PLACE) };
    },
  };
}

async function writtenAt(file: string): Promise<string | undefined> {
  const found = await stat(file).catch(() => undefined); // given back between two looks
  return found?.mtime.toISOString();
}
