import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fromUtf8 } from '#workflows/journal/bytes.ts';
import type { ExportManifest } from '#workflows/journal/export-manifest.ts';
import type { Problem } from '#workflows/journal/verify.ts';

export const MANIFEST_PATH = 'export.json';

/** No single file of an export that is read as a whole is longer: records are at most 64 KiB, proofs less. */
const LONGEST_READ = 64 * 1024 * 1024;

/** The bytes of a file of the export; `null` when it cannot be read, or is too long to be what it should be. */
export const readExportFile = async (folder: string, path: string): Promise<Uint8Array | null> => {
  try {
    const whole = join(folder, path);
    return (await stat(whole)).size > LONGEST_READ ? null : new Uint8Array(await readFile(whole));
  } catch {
    return null;
  }
};

export const readExportText = async (folder: string, path: string): Promise<string | null> => {
  const bytes = await readExportFile(folder, path);
  return bytes ? fromUtf8(bytes) : null;
};

const hashOfFile = async (path: string): Promise<string | null> => {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
  } catch {
    return null;
  }
  return hash.digest('hex');
};

const RECORD_FILE = /^(?:records|revealed)\/(\d{20})[.-]/;

/** The record that a file belongs to, from its name; `null` for one that belongs to none. */
export const placeOfFile = (path: string): number | null => {
  const digits = RECORD_FILE.exec(path)?.[1];
  return digits === undefined ? null : Number(digits);
};

/** Every file of a folder, with `/`, whatever kind of thing it is. */
const namesIn = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
};

/** What is not as `export.json` says: files that are absent, hold other bytes, or that it does not name. */
export const judgeFiles = async (folder: string, { files }: ExportManifest): Promise<Problem[]> => {
  const problems: Problem[] = [];
  const report = (path: string, message: string): void => {
    problems.push({ seq: placeOfFile(path), code: 'unreadable', message: `${path} ${message}` });
  };
  const named = new Set([MANIFEST_PATH]);
  for (const { path, sha256 } of files) {
    if (named.has(path)) report(path, 'is named twice in export.json');
    named.add(path);
    const actual = await hashOfFile(join(folder, path));
    if (actual === null) report(path, 'is absent or cannot be read');
    else if (actual !== sha256) report(path, 'holds other bytes than export.json says');
  }
  for (const path of await namesIn(folder)) if (!named.has(path)) report(path, 'is no part of this export');
  return problems;
};
