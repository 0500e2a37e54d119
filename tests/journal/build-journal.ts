import { toBase64 } from '#workflows/journal/bytes.ts';
import { JournalState } from '#workflows/journal/journal-state.ts';
import {
  checkpointKeyProofBytes,
  keyProofBytes,
  leafBytes,
  originOf,
  type JournalRecord,
} from '#workflows/journal/record.ts';
import { formatNoteKey, noteKey } from '#workflows/journal/signed-note.ts';
import type { Role } from '#workflows/people/roles.ts';
import { toTime, type Time } from '#workflows/time.ts';
import { checkpointSigner } from '#main/journal/checkpoint-signer.ts';
import { nodeCrypto } from '#main/journal/node-crypto.ts';
import { signBase64, type SigningKey } from '#main/keys/person-key.ts';
import { SeededRandom } from './seeded-random.ts';
import { signAgain, signCommand, type Draft } from './sign-records.ts';
import { randomKey, randomPerson, type TestPerson } from './test-people.ts';

const START = Date.parse('2026-11-02T08:00:00.000Z');

/** The record that gives a person their key (JOURNAL.md, Signatures and keys). */
export const keyRegistration = (admin: TestPerson, person: TestPerson, origin: string): Draft => ({
  type: 'person.keyRegistered',
  subject: person.id,
  by: admin,
  role: 'admin',
  data: {
    publicKey: toBase64(person.key.publicKey),
    proof: signBase64(person.key, keyProofBytes(origin, person.id)),
  },
});

/**
 * Builds a journal in memory from a seed, through the program's own public functions. It is honest as long as only
 * `command` and its kin are used; `draft`, `resign` and `add` let a test lie.
 */
export class JournalBuilder {
  readonly random: SeededRandom;
  readonly origin: string;
  readonly founder: TestPerson;
  readonly records: JournalRecord[] = [];
  readonly leaves: Uint8Array[] = [];
  readonly state = new JournalState(nodeCrypto);
  /** What the clock shows, in milliseconds. */
  now = START;
  readonly #checkpointKeys: { readonly fromSize: number; readonly key: SigningKey }[];

  constructor(seed: number) {
    this.random = new SeededRandom(seed);
    const workspace = this.random.ulid();
    this.origin = originOf(workspace);
    this.founder = randomPerson(this.random, 'Ada Admin', ['admin']);
    const checkpointKey = randomKey(this.random);
    this.#checkpointKeys = [{ fromSize: 0, key: checkpointKey }];
    this.command({
      type: 'workspace.created',
      subject: 'workspace',
      by: this.founder,
      data: {
        workspace,
        name: 'Test desk',
        adminName: this.founder.name,
        publicKey: toBase64(this.founder.key.publicKey),
        checkpointKey: toBase64(checkpointKey.publicKey),
      },
    });
  }

  get size(): number {
    return this.records.length;
  }

  /** The newest checkpoint key. */
  get checkpointKey(): SigningKey {
    return (this.#checkpointKeys.at(-1) as { key: SigningKey }).key;
  }

  /** The content of `keys/workspace.vkey`. */
  get vkey(): string {
    return `${formatNoteKey(noteKey(this.origin, this.checkpointKey.publicKey, nodeCrypto))}\n`;
  }

  /** A command's records in the places that come next, signed, but not added. */
  draft(drafts: readonly Draft[], { signedAt, at }: { signedAt?: Time; at?: Time } = {}): JournalRecord[] {
    this.now += this.random.between(100, 60_000);
    const place = {
      origin: this.origin,
      command: this.random.ulid(),
      signedAt: signedAt ?? toTime(this.now - this.random.between(0, 99)),
      head: (subject: Draft['subject']) => this.state.head(subject),
    };
    return signCommand(drafts, place).map((record, index) => ({
      ...record,
      seq: this.size + index,
      at: at ?? toTime(this.now),
      ...(index === drafts.length - 1 ? {} : { cont: true as const }),
    }));
  }

  resign(record: JournalRecord, key: SigningKey): JournalRecord {
    return signAgain(record, key, this.origin);
  }

  /** Takes records in as they are. */
  add(...records: readonly JournalRecord[]): this {
    for (const record of records) {
      const leaf = leafBytes(record);
      this.records.push(record);
      this.leaves.push(leaf);
      this.state.take(record, leaf);
    }
    return this;
  }

  /** Signs and adds a command. */
  command(...drafts: readonly Draft[]): JournalRecord[] {
    const records = this.draft(drafts);
    this.add(...records);
    return records;
  }

  /** Adds a person with a key, in one command of two records. */
  addPerson(name: string, ...roles: readonly Role[]): TestPerson {
    const person = randomPerson(this.random, name, roles);
    this.command(
      { type: 'person.added', subject: person.id, by: this.founder, data: { name, roles: [...roles] } },
      keyRegistration(this.founder, person, this.origin),
    );
    return person;
  }

  rotateCheckpointKey(): void {
    const next = randomKey(this.random);
    const checkpointKey = toBase64(next.publicKey);
    const proof = signBase64(this.checkpointKey, checkpointKeyProofBytes(this.origin, checkpointKey));
    this.command({
      type: 'workspace.keyRotated',
      subject: 'workspace',
      by: this.founder,
      data: { checkpointKey, proof },
    });
    this.#checkpointKeys.push({ fromSize: this.size, key: next });
  }

  /** A checkpoint signed by the key that is valid at its size. */
  checkpoint(size = this.size): string {
    const era = this.#checkpointKeys.findLast(({ fromSize }) => fromSize <= size);
    return this.signCheckpoint(size, this.state.tree.root(size), (era as { key: SigningKey }).key);
  }

  /** A checkpoint that says whatever it is told. */
  signCheckpoint(size: number, root: Uint8Array, key: SigningKey, origin = this.origin): string {
    return checkpointSigner(key.privateKey, key.publicKey).sign({ origin, size: BigInt(size), root });
  }
}

/** A journal and the people in it, whose keys and roles are as it says. */
export interface Cast {
  readonly journal: JournalBuilder;
  readonly admin: TestPerson;
  readonly agent: TestPerson;
  readonly comms: TestPerson;
  readonly legal: TestPerson;
  readonly publisher: TestPerson;
}

/** A journal of nine records: record 0, and four people with their keys. */
export const journalWithCast = (seed: number): Cast => {
  const journal = new JournalBuilder(seed);
  const agent = journal.addPerson('Ben Agent', 'agent');
  const comms = journal.addPerson('Cleo Comms', 'comms');
  const legal = journal.addPerson('Lea Legal', 'legal');
  const publisher = journal.addPerson('Paul Publisher', 'publisher');
  return { journal, admin: journal.founder, agent, comms, legal, publisher };
};
