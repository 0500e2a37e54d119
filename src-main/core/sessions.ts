import { join } from 'node:path';
import { z } from 'zod';
import { refuse, RefusalError } from '#workflows/errors.ts';
import type { PersonId } from '#workflows/identifiers.ts';
import type { Clock } from '#workflows/time.ts';
import type { KeyStore } from '../keys/key-store.ts';
import type { SigningKey } from '../keys/person-key.ts';
import { MalformedFileError, openDatabase } from '../storage/database.ts';
import type { Storage } from '../storage/storage.ts';

/** One window or browser. Its key is in memory only while it is unlocked. */
export interface Session {
  readonly id: string;
  person: PersonId | null;
  key: SigningKey | null;
  /** Wall clock of the last sign of life, in milliseconds. */
  lastActiveAt: number;
  /** When the passphrase was last given, in milliseconds; `null` when it must be given again. */
  confirmedAt: number | null;
}

/** A session whose person can sign. */
export interface UnlockedSession extends Session {
  person: PersonId;
  key: SigningKey;
}

const attemptsSchema = z.record(z.string(), z.strictObject({ failures: z.int(), lastAt: z.number() }));

/** Wrong passphrases that cost nothing but the computation. */
const FREE_FAILURES = 5;
const LONGEST_WAIT = 5 * 60_000;

/** Slows down whoever guesses a passphrase; kept over restarts. */
export class PassphraseGuard {
  readonly #database: ReturnType<typeof openDatabase<z.infer<typeof attemptsSchema>>>;
  readonly #clock: Clock;

  /** @param folder where it keeps its counts */
  constructor(folder: string, clock: Clock, storage: Storage) {
    const path = join(folder, 'attempts.json');
    const open = () => openDatabase(path, { schema: attemptsSchema, initial: {}, storage });
    try {
      this.#database = open();
    } catch (error) {
      if (!(error instanceof MalformedFileError)) throw error;
      // Counting begins anew, as it does where the file is missing: no workspace is shut for want of it.
      storage.remove(path);
      this.#database = open();
    }
    this.#clock = clock;
  }

  /** @param what is tried: a person's key, or a folder's @throws RefusalError `RATE_LIMITED` while whoever tries must wait */
  check(what: string): void {
    const known = this.#database.data[what];
    if (!known || known.failures < FREE_FAILURES) return;
    if (known.lastAt > this.#clock.now()) {
      // The clock was set back since: the wait begins now, or it would last until the false time comes.
      known.lastAt = this.#clock.now();
      this.#database.write();
    }
    const wait = Math.min(LONGEST_WAIT, 1000 * 2 ** (known.failures - FREE_FAILURES));
    const left = known.lastAt + wait - this.#clock.now();
    if (left > 0) {
      throw new RefusalError(refuse('RATE_LIMITED', 'tooManyAttempts', { seconds: Math.ceil(left / 1000) }));
    }
  }

  failed(what: string): void {
    const failures = (this.#database.data[what]?.failures ?? 0) + 1;
    this.#database.data[what] = { failures, lastAt: this.#clock.now() };
    this.#database.write();
  }

  succeeded(what: string): void {
    if (!this.#database.data[what]) return;
    this.#database.data = Object.fromEntries(Object.entries(this.#database.data).filter(([id]) => id !== what));
    this.#database.write();
  }
}

/** Opens a person's key by their passphrase. @throws RefusalError for a wrong one, slowed after five */
export const openKey = async (
  person: PersonId,
  passphrase: string,
  { keys, guard }: { keys: KeyStore; guard: PassphraseGuard },
): Promise<SigningKey> => {
  guard.check(person);
  // Counted before it is tried, so that many guesses at once are slowed like many in a row.
  guard.failed(person);
  const key = await keys.openPersonKey(person, passphrase);
  if (!key) throw new RefusalError(refuse('UNAUTHENTICATED', 'wrongPassphrase'));
  guard.succeeded(person);
  return key;
};

/** All sessions of this process. */
export class Sessions {
  readonly #sessions = new Map<string, Session>();
  readonly #clock: Clock;
  readonly #listeners = new Set<(sessionId: string) => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get(id: string): Session {
    const known = this.#sessions.get(id);
    if (known) return known;
    const session: Session = { id, person: null, key: null, lastActiveAt: this.#clock.now(), confirmedAt: null };
    this.#sessions.set(id, session);
    return session;
  }

  all(): Iterable<Session> {
    return this.#sessions.values();
  }

  signIn(id: string, person: PersonId, key: SigningKey): Session {
    const session = this.get(id);
    const now = this.#clock.now();
    Object.assign(session, { person, key, lastActiveAt: now, confirmedAt: now });
    this.#tell(id);
    return session;
  }

  lock(id: string): void {
    const session = this.get(id);
    if (!session.key) return;
    Object.assign(session, { key: null, confirmedAt: null });
    this.#tell(id);
  }

  signOut(id: string): void {
    const session = this.get(id);
    Object.assign(session, { person: null, key: null, confirmedAt: null });
    this.#tell(id);
  }

  signOutAll(): void {
    for (const id of this.#sessions.keys()) this.signOut(id);
  }

  touch(id: string): void {
    this.get(id).lastActiveAt = this.#clock.now();
  }

  /** Locks what has been left alone for too long. */
  lockIdle(idleMinutesOf: (person: PersonId) => number): void {
    const now = this.#clock.now();
    for (const session of this.#sessions.values()) {
      if (!session.person || !session.key) continue;
      session.lastActiveAt = Math.min(session.lastActiveAt, now);
      if (now - session.lastActiveAt >= idleMinutesOf(session.person) * 60_000) this.lock(session.id);
    }
  }

  onChange(listener: (sessionId: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(id: string): void {
    for (const listener of this.#listeners) listener(id);
  }
}
