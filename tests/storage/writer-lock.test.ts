import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { RefusalError } from '#workflows/errors.ts';
import { takeWriterLock } from '#main/storage/writer-lock.ts';
import { temporaryFolder } from '../journal/workspace-folder.ts';

let path: string;

beforeEach(() => {
  path = join(temporaryFolder(), 'lock');
});

/** Another process that tries to take the lock, and the lines that it says. */
class OtherProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: Interface;

  constructor() {
    this.#child = spawn(process.execPath, [join(import.meta.dirname, 'hold-lock.ts'), path]);
    this.#lines = createInterface({ input: this.#child.stdout });
    onTestFinished(async () => {
      await this.kill();
    });
  }

  async says(): Promise<string> {
    const [line] = (await once(this.#lines, 'line')) as [string];
    return line;
  }

  release(): Promise<string> {
    this.#child.stdin.write('release\n');
    return this.says();
  }

  /** Ends it as a crash does: SIGKILL, with no chance to clean up. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }
}

const refusalHere = (): string => {
  try {
    takeWriterLock(path).release();
    return 'none';
  } catch (error) {
    if (error instanceof RefusalError) return error.refusal.code;
    throw error;
  }
};

describe('the writer lock', () => {
  it('is refused to a second process as WORKSPACE_IN_USE while the first holds it', async () => {
    const first = new OtherProcess();
    expect(await first.says()).toBe('held');
    expect(await new OtherProcess().says()).toBe('WORKSPACE_IN_USE');
    expect(refusalHere()).toBe('WORKSPACE_IN_USE');
  });

  it('is refused to another process while this one holds it', async () => {
    const lock = takeWriterLock(path);
    expect(await new OtherProcess().says()).toBe('WORKSPACE_IN_USE');
    lock.release();
    expect(await new OtherProcess().says()).toBe('held');
  });

  it('is refused a second time within one process', () => {
    const lock = takeWriterLock(path);
    expect(refusalHere()).toBe('WORKSPACE_IN_USE');
    lock.release();
    expect(refusalHere()).toBe('none');
  });

  it('is free again at once when its holder was killed', async () => {
    for (let round = 0; round < 3; round += 1) {
      const holder = new OtherProcess();
      expect(await holder.says()).toBe('held');
      expect(refusalHere()).toBe('WORKSPACE_IN_USE');
      await holder.kill();
      expect(refusalHere()).toBe('none');
    }
  });

  it('is free again when its holder released it and lives on', async () => {
    const holder = new OtherProcess();
    expect(await holder.says()).toBe('held');
    expect(await holder.release()).toBe('released');
    expect(refusalHere()).toBe('none');
  });

  it('goes to one of several processes that ask at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => new OtherProcess().says()));
    expect(answers.sort()).toEqual(['WORKSPACE_IN_USE', 'WORKSPACE_IN_USE', 'WORKSPACE_IN_USE', 'held']);
  });

  it('is an empty file that may stay', () => {
    takeWriterLock(path).release();
    expect(statSync(path).size).toBe(0);
    expect(refusalHere()).toBe('none');
  });

  it('is not taken on a file that is no lock, nor in a folder that is not there', () => {
    writeFileSync(path, 'this is no database, and long enough to show it '.repeat(100));
    expect(() => takeWriterLock(path)).toThrow();
    expect(() => takeWriterLock(join(path, 'absent', 'lock'))).toThrow();
  });
});
