import { createReadStream } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { HEX_256_PATTERN } from '#workflows/identifiers.ts';
import type { JournalRecord } from '#workflows/journal/record.ts';
import type { ExportFolder } from './export-folder.ts';

/** The evidence files that a record names, whether or not they are still there. */
export const evidenceOf = ({ type, data }: JournalRecord): string[] => {
  if (type === 'subject.erased' || !Array.isArray(data.evidence)) return [];
  return data.evidence.filter((name): name is string => typeof name === 'string' && HEX_256_PATTERN.test(name));
};

/** Copies encrypted evidence as it lies in the workspace. @returns the names of what is absent there */
export const carryEvidence = async (
  workspace: string,
  names: ReadonlySet<string>,
  target: ExportFolder,
): Promise<string[]> => {
  const absent: string[] = [];
  for (const name of [...names].sort()) {
    const path = join(workspace, 'evidence', name);
    try {
      await access(path, constants.R_OK);
    } catch {
      absent.push(name);
      continue;
    }
    await target.file(`evidence/${name}`, createReadStream(path) as AsyncIterable<Uint8Array>);
  }
  return absent;
};
