import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Files that the program writes for itself and that say nothing about what people did. */
const ITS_OWN = /^(?:lock|desk\/|archive\/|journal\/checkpoint$)/;

/** A file's content; of a segment without the NUL bytes behind its records, which are made and filled when it suits. */
const contentOf = (path: string): Uint8Array => {
  const bytes = readFileSync(path);
  return path.endsWith('.jsonl') ? bytes.subarray(0, bytes.findLastIndex((byte) => byte !== 0) + 1) : bytes;
};

/** Every file of a workspace that a person's act can change, by the hash of its content. */
export const listingOf = (workspace: string): Map<string, string> => {
  const names = readdirSync(workspace, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => !ITS_OWN.test(name) && statSync(join(workspace, name)).isFile());
  return new Map(
    files.sort().map((name) => [
      name,
      createHash('sha256')
        .update(contentOf(join(workspace, name)))
        .digest('hex'),
    ]),
  );
};

/** Names of files that are not as they were. */
export const changedFiles = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] =>
  [...new Set([...before.keys(), ...after.keys()])].filter((name) => before.get(name) !== after.get(name)).sort();
