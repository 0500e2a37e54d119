import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { verifyFolder } from '../exports/verify-export.ts';
import { NotAWorkspaceError } from '../journal/verify-workspace.ts';
import type { VerificationResult } from '#workflows/journal/verify.ts';
import { harmless } from './output.ts';

interface Output {
  readonly print: (line: string) => void;
  readonly complain: (line: string) => void;
}

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

/** `countersign verify PATH` (JOURNAL.md, Verification). @returns 0 when everything holds, 1 when not, 2 for no workspace */
export const runVerify = async (parameters: string[], { print, complain }: Output): Promise<number> => {
  const { values, positionals } = parseArgs({
    args: parameters,
    allowPositionals: true,
    options: { key: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) {
    complain('countersign verify takes one path: a workspace or an export.');
    return 2;
  }
  try {
    const result = await verifyFolder(resolve(path), values.key === undefined ? {} : { key: values.key });
    if (values.json) print(JSON.stringify(result));
    else report(result, print);
    return result.ok ? 0 : 1;
  } catch (error) {
    if (!(error instanceof NotAWorkspaceError)) throw error;
    complain(error.message);
    return 2;
  }
};
