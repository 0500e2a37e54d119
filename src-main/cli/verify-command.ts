import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { verifyFolder } from '../exports/verify-export.ts';
import type { VerificationResult } from '#workflows/journal/verify.ts';
import { JournalRules } from '#workflows/rules/journal-rules.ts';
import { nodeCrypto } from '../journal/node-crypto.ts';
import { NotAWorkspaceError, type VerifyOptions } from '../journal/verify-workspace.ts';
import { harmless } from './output.ts';
import { ProgressLine, type Terminal } from './progress-line.ts';

export interface Output {
  readonly print: (line: string) => void;
  readonly complain: (line: string) => void;
  /** Where progress is shown; `null` where nobody watches. */
  readonly terminal: Terminal | null;
}

/** Exit status of a command that Ctrl+C ended, as shells have it: 128 and the signal's number. */
const INTERRUPTED = 130;

const report = ({ ok, size, root, fingerprint, notes, problems }: VerificationResult, print: Output['print']): void => {
  print(
    ok
      ? `ok: ${String(size)} records, everything holds`
      : `NOT OK: ${String(problems.length)} ${problems.length === 1 ? 'problem' : 'problems'} in ${String(size)} records`,
  );
  print(`root ${root}`);
  print(`fingerprint ${fingerprint}`);
  for (const { code, message } of notes) print(`note: ${code}: ${harmless(message)}`);
  for (const { seq, code, message } of problems) {
    print(`problem: ${seq === null ? 'journal' : `record ${String(seq)}`}: ${code}: ${harmless(message)}`);
  }
};

/** Runs `work` until it is done or Ctrl+C is pressed; pressed twice, it ends the program at once. */
const untilInterrupted = async <Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result | null> => {
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once('SIGINT', interrupt);
  try {
    return await work(stop.signal);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    return null;
  } finally {
    process.removeListener('SIGINT', interrupt);
  }
};

/**
 * `countersign verify PATH` (JOURNAL.md, Verification).
 * @returns 0 when everything holds, 1 when not, 2 for what is neither a workspace nor an export, 130 when it was stopped
 * @throws TypeError of `parseArgs` for options that it does not take
 */
export const runVerify = async (parameters: string[], output: Output): Promise<number> => {
  const { print, complain, terminal } = output;
  const { values, positionals } = parseArgs({
    args: parameters,
    allowPositionals: true,
    options: {
      checkpoint: { type: 'string' },
      key: { type: 'string' },
      rules: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) {
    complain('countersign verify takes one path: a workspace or an export.');
    return 2;
  }
  const line = terminal && !values.json ? new ProgressLine(terminal) : null;
  const options: VerifyOptions = {
    ...(values.key === undefined ? {} : { key: values.key }),
    ...(values.checkpoint === undefined ? {} : { checkpoint: resolve(values.checkpoint) }),
    ...(values.rules ? { rules: new JournalRules(nodeCrypto) } : {}),
    ...(line ? { onProgress: (progress) => line.show(progress) } : {}),
  };
  try {
    const result = await untilInterrupted((signal) => verifyFolder(resolve(path), { ...options, signal }));
    line?.clear();
    if (!result) {
      complain('Stopped before the end: nothing is said about this journal.');
      return INTERRUPTED;
    }
    if (values.json) print(JSON.stringify(result));
    else report(result, print);
    return result.ok ? 0 : 1;
  } catch (error) {
    line?.clear();
    if (!(error instanceof NotAWorkspaceError)) throw error;
    complain(error.message);
    return 2;
  }
};
