import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { draftSchema, type Draft } from '#workflows/contract/reply.contract.ts';
import { ulidOf, type PersonId, type ReplyId } from '#workflows/identifiers.ts';
import { timeSchema, type Time } from '#workflows/time.ts';
import { z } from 'zod';
import { decryptBytes, encryptToBytes } from '../keys/box.ts';
import { draftKeyOf, type SigningKey } from '../keys/person-key.ts';
import { isLeftBehind, isNotFound, replaceFile, type Storage } from '../storage/storage.ts';

const savedDraftSchema = z.strictObject({ draft: draftSchema, savedAt: timeSchema });
export type SavedDraft = z.infer<typeof savedDraftSchema>;

const purposeOf = (reply: ReplyId, person: PersonId): string => `countersign/v1/draft\n${reply}\n${person}`;

/**
 * Working copies between two saved revisions, in `drafts/`: encrypted under a key that only their author's open signing
 * key gives, and no records.
 */
export class DraftStore {
  readonly #folder: string;
  readonly #storage: Storage;

  constructor(folder: string, storage: Storage) {
    this.#folder = folder;
    this.#storage = storage;
    this.#sweep();
  }

  /** Removes what a process left behind that died while it was saving. A disk that does not let it is none of a draft's business. */
  #sweep(): void {
    try {
      for (const name of readdirSync(this.#folder).filter(isLeftBehind)) {
        this.#storage.remove(join(this.#folder, name));
      }
    } catch {
      // The next start tries again; what is left is encrypted, and no draft is read from it.
    }
  }

  #path(reply: ReplyId, person: PersonId): string {
    return join(this.#folder, `${ulidOf(reply)}.${ulidOf(person)}`);
  }

  /** Durable when it returns, so that a crash loses at most what was typed since. */
  save(place: { reply: ReplyId; person: PersonId }, key: SigningKey, draft: Draft, savedAt: Time): void {
    const plain = Buffer.from(JSON.stringify({ draft, savedAt } satisfies SavedDraft), 'utf8');
    const bytes = encryptToBytes(draftKeyOf(key), plain, purposeOf(place.reply, place.person));
    replaceFile(this.#storage, this.#path(place.reply, place.person), bytes);
  }

  /** `null` when there is none, or it was written under another key of the person. */
  load({ reply, person }: { reply: ReplyId; person: PersonId }, key: SigningKey): SavedDraft | null {
    let bytes: Uint8Array;
    try {
      bytes = readFileSync(this.#path(reply, person));
    } catch (error) {
      if (isNotFound(error)) return null;
      throw error;
    }
    const plain = decryptBytes(draftKeyOf(key), bytes, purposeOf(reply, person));
    if (!plain) return null;
    const parsed = savedDraftSchema.safeParse(JSON.parse(Buffer.from(plain).toString('utf8')));
    return parsed.success ? parsed.data : null;
  }

  /** Every author's working copy of a reply, and what a crash left of one. Durable when it returns. */
  discardAll(reply: ReplyId): void {
    const own = readdirSync(this.#folder).filter((name) => name.startsWith(`${ulidOf(reply)}.`));
    for (const name of own) this.#storage.remove(join(this.#folder, name));
    if (own.length > 0) this.#storage.flushFolder(this.#folder);
  }

  discard({ reply, person }: { reply: ReplyId; person: PersonId }): void {
    this.#storage.remove(this.#path(reply, person));
  }
}
