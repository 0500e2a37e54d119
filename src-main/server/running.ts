import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { replaceFile, type Storage } from '../storage/storage.ts';

const runningSchema = z.strictObject({ pid: z.int(), port: z.int(), secret: z.string() });
type Running = z.infer<typeof runningSchema>;

const answerSchema = z.object({ address: z.string(), folder: z.string().nullable() });

export interface RunningDesk {
  /** An address that lets one browser in, once. */
  readonly address: string;
  /** The workspace that it has open. */
  readonly folder: string | null;
}

const folderOf = (home: string): string => join(home, 'running');

/** Tells later starts of the program where this one is. Returns how to take it back. */
export const announce = (home: string, running: Running, storage: Storage): (() => void) => {
  storage.makeFolder(folderOf(home));
  const path = join(folderOf(home), `${String(running.pid)}.json`);
  replaceFile(storage, path, Buffer.from(JSON.stringify(running), 'utf8'));
  return () => {
    rmSync(path, { force: true });
  };
};

const ask = async ({ port, secret }: Running): Promise<RunningDesk | null> => {
  try {
    const response = await fetch(`http://127.0.0.1:${String(port)}/control/launch`, {
      method: 'POST',
      headers: { 'x-countersign-control': secret },
      signal: AbortSignal.timeout(3_000),
    });
    return response.ok ? answerSchema.parse(await response.json()) : null;
  } catch {
    return null;
  }
};

const readRunning = (path: string): Running | null => {
  try {
    return runningSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
};

const listRunning = (home: string): string[] => {
  try {
    return readdirSync(folderOf(home)).filter((name) => name.endsWith('.json'));
  } catch {
    return [];
  }
};

/**
 * A start of the program that is running already and has this workspace open; any, when none is named.
 * What no longer answers is forgotten.
 */
export const findRunning = async (home: string, workspace: string | null): Promise<RunningDesk | null> => {
  for (const name of listRunning(home)) {
    const path = join(folderOf(home), name);
    const running = readRunning(path);
    const answer = running ? await ask(running) : null;
    if (!answer) rmSync(path, { force: true });
    else if (workspace === null || answer.folder === workspace) return answer;
  }
  return null;
};
