import { createHash } from 'node:crypto';
import { sealedHashOf } from '#workflows/content/sealed-hashes.ts';
import { fromBase64, fromUtf8 } from '#workflows/journal/bytes.ts';
import { canonicalBytes, isTooDeep } from '#workflows/journal/canonical.ts';
import type { ExportManifest } from '#workflows/journal/export-manifest.ts';
import type { JournalRecord } from '#workflows/journal/record.ts';
import type { Problem } from '#workflows/journal/verify.ts';
import { decrypt, decryptBytes } from '../keys/box.ts';
import { dataKey, type DataKey } from '../keys/data-key.ts';
import { readExportFile, readExportText } from './export-files.ts';

const CONTENT_FILE = /^revealed\/(\d{20})-([A-Za-z]{1,40})\.json$/;
const KEY_FILE = /^revealed\/keys\/([0-9a-f]{64})\.key$/;
const PICTURE_FILE = /^revealed\/pictures\/([0-9a-f]{64})$/;

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** What an export opens, held against the records that bind it. */
export class RevealedParts {
  readonly #folder: string;
  readonly #contents = new Map<number, { path: string; hash: string }[]>();
  readonly #keys = new Map<string, DataKey>();
  readonly #problems: Problem[] = [];

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Reads what of a folder is opened. Keys and pictures are judged here; texts when their records come. */
  static async read(folder: string, { files }: ExportManifest): Promise<RevealedParts> {
    const parts = new RevealedParts(folder);
    for (const { path } of files) {
      if (!path.startsWith('revealed/')) continue;
      const [, digits, hash = ''] = CONTENT_FILE.exec(path) ?? [];
      const kid = KEY_FILE.exec(path)?.[1];
      const picture = PICTURE_FILE.exec(path)?.[1];
      if (digits !== undefined) {
        const seq = Number(digits);
        parts.#contents.set(seq, [...(parts.#contents.get(seq) ?? []), { path, hash }]);
      } else if (kid !== undefined) await parts.#takeKey(path, kid);
      else if (picture !== undefined) await parts.#judgePicture(path, picture);
      else parts.#report(null, 'unreadable', `${path} is of no kind that is opened`);
    }
    return parts;
  }

  /** Whether records have to be read for what is opened. */
  get isEmpty(): boolean {
    return this.#contents.size === 0 && this.#keys.size === 0;
  }

  #report(seq: number | null, code: Problem['code'], message: string): void {
    this.#problems.push({ seq, code, message });
  }

  async #takeKey(path: string, kid: string): Promise<void> {
    const bytes = fromBase64((await readExportText(this.#folder, path))?.replace(/\n$/, '') ?? '');
    const key = bytes?.length === 32 ? dataKey(bytes) : null;
    if (key?.kid === kid) this.#keys.set(kid, key);
    else this.#report(null, 'bad-key', `${path} is not the key of that name`);
  }

  async #judgePicture(path: string, hash: string): Promise<void> {
    const bytes = await readExportFile(this.#folder, path);
    if (!bytes || sha256(bytes) !== hash)
      this.#report(null, 'missing-evidence', `${path} is not the picture of that name`);
  }

  /** Judges what is opened of a record. */
  async take(record: JournalRecord): Promise<void> {
    for (const { path, hash } of this.#contents.get(record.seq) ?? []) {
      const bytes = await readExportFile(this.#folder, path);
      const bound = sealedHashOf(record.type)?.hash === hash ? record.data[hash] : null;
      if (!bytes || typeof bound !== 'string' || sha256(bytes) !== bound) {
        this.#report(record.seq, 'missing-evidence', `${path} does not have the hash that the record gives`);
      }
    }
    this.#contents.delete(record.seq);
    if (this.#keys.size > 0) await this.#openWithKeys(record);
  }

  async #openWithKeys(record: JournalRecord): Promise<void> {
    const { subject, version, type, seq, sealed = [] } = record;
    for (const [index, { kid, iv, ct }] of sealed.entries()) {
      const key = this.#keys.get(kid);
      const ivBytes = fromBase64(iv);
      const ciphertext = fromBase64(ct);
      if (!key || !ivBytes || !ciphertext) continue;
      const additional = `${subject}\n${String(version)}\n${type}\n${String(index)}\n${kid}`;
      const plain = decrypt(key.key, { iv: ivBytes, ciphertext }, additional);
      const value = plain ? await this.#valueOf(plain, key) : null;
      if (value === null) this.#report(seq, 'bad-key', `revealed/keys/${kid}.key does not open what the record seals`);
      else if (index === 0 && !isAsBound(record, value)) {
        this.#report(seq, 'rule-broken', 'what it seals does not have the hash that it gives');
      }
    }
  }

  /** The sealed value; a long one lies in a file of its own. */
  async #valueOf(plain: Uint8Array, key: DataKey): Promise<Readonly<Record<string, unknown>> | null> {
    const value = parseObject(plain);
    if (typeof value?.evidence !== 'string' || Object.keys(value).length !== 1) return value;
    const file = await readExportFile(this.#folder, `evidence/${value.evidence}`);
    const inner = file ? decryptBytes(key.key, file, `countersign/v1/evidence\n${key.kid}`) : null;
    return inner ? parseObject(inner) : null;
  }

  /** What was wrong. Called once, after the last record. */
  finish(): Problem[] {
    for (const [seq, files] of this.#contents) {
      for (const { path } of files) this.#report(seq, 'missing-evidence', `${path} is of a record that is not here`);
    }
    return this.#problems;
  }
}

const parseObject = (bytes: Uint8Array): Readonly<Record<string, unknown>> | null => {
  const text = fromUtf8(bytes);
  if (text === null || isTooDeep(text)) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : null;
  } catch {
    return null;
  }
};

const isAsBound = ({ type, data }: JournalRecord, value: Readonly<Record<string, unknown>>): boolean => {
  const bound = sealedHashOf(type);
  if (!bound || value[bound.member] === undefined) return true;
  try {
    return sha256(canonicalBytes(value[bound.member])) === data[bound.hash];
  } catch {
    return false;
  }
};
