import type { Subject } from '../identifiers.ts';
import { isPersonActor } from '../people/roles.ts';
import { toMilliseconds } from '../time.ts';
import { fromBase64, toBase64, toHex } from './bytes.ts';
import type { CryptoPort } from './crypto-port.ts';
import { KeyRegistry } from './key-registry.ts';
import { NO_PARENT, originOf, parentBytes, readLeaf, signedBytes, type JournalRecord } from './record.ts';
import { noteKey, parseNoteKey, verifyNote } from './signed-note.ts';
import { parseSignedCheckpoint } from './checkpoint.ts';
import type { Problem, ProblemCode } from './verify.ts';
import { isSubjectOfType, problemWithWriter, writerOf } from './writers.ts';

/** What of a subject's stream is known. */
interface Stream {
  readonly version: number;
  readonly parent: string;
  /** Every record from version 0 on was seen. */
  readonly isWhole: boolean;
  /** How many there were before the command of its newest record. */
  readonly beforeCommand: number;
  readonly command: string;
}

/** How far `sig.at` may lie before `at` (JOURNAL.md, Signatures and keys). */
const MAX_SIGNING_DELAY = 5 * 60_000;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/**
 * Judges records that are not the whole journal: each by itself, against those of its subject that are here, and by the
 * people, roles and keys that the records here make. What a slice cannot show is not judged: that nothing is missing in
 * between, and that a key was not revoked by a record that is not here. Inclusion in the tree is the caller's to prove.
 */
export class SliceVerifier {
  readonly #crypto: CryptoPort;
  readonly #registry: KeyRegistry;
  readonly #streams = new Map<Subject, Stream>();
  readonly #problems: Problem[] = [];
  #last: JournalRecord | null = null;
  #resumeProposedBy: string | null = null;

  constructor(crypto: CryptoPort) {
    this.#crypto = crypto;
    this.#registry = new KeyRegistry(crypto);
  }

  get problems(): readonly Problem[] {
    return this.#problems;
  }

  #report(code: ProblemCode, seq: number | null, message: string): void {
    this.#problems.push({ seq, code, message });
  }

  /**
   * Takes in the leaf bytes of a record. Precondition: called in ascending order of `seq`.
   * @param seq the place that the export gives it
   * @returns the record when its envelope could be read
   */
  add(bytes: Uint8Array, seq: number): JournalRecord | null {
    const reading = readLeaf(bytes);
    if (!reading.ok) {
      this.#report(reading.code, seq, reading.message);
      return null;
    }
    const { record } = reading;
    if (record.seq !== seq) this.#report('bad-seq', seq, `it says ${String(record.seq)}`);
    this.#judgePlace(record, seq);
    this.#judgeStream(record, seq);
    this.#judgeReads(record, seq);
    this.#judgeType(record, seq);
    this.#judgeSignature(record, seq);
    for (const { code, message } of this.#registry.apply(record)) this.#report(code, seq, message);
    this.#last = record;
    return record;
  }

  #judgePlace(record: JournalRecord, seq: number): void {
    const last = this.#last;
    if (last?.seq === record.seq - 1) {
      const isSame = last.command === record.command;
      if (last.cont && !isSame) this.#report('bad-command', seq, 'the command before it is incomplete');
      if (!last.cont && isSame) this.#report('bad-command', seq, 'its command id was used before');
      if (record.at < last.at && record.type !== 'clock.corrected') {
        this.#report('bad-time', seq, 'it is earlier than the record before it');
      }
    }
    if (!record.sig) return;
    const delay = toMilliseconds(record.at) - toMilliseconds(record.sig.at);
    if (delay < 0) this.#report('bad-time', seq, 'it was signed after it took its place');
    if (delay > MAX_SIGNING_DELAY) this.#report('bad-time', seq, 'it was signed more than five minutes before');
  }

  #judgeStream(record: JournalRecord, seq: number): void {
    const { subject, version, command } = record;
    const known = this.#streams.get(subject);
    if (known && version <= known.version) {
      this.#report(
        'bad-version',
        seq,
        `it is version ${String(version)} of its subject after ${String(known.version)}`,
      );
    }
    const follows = version === 0 || known?.version === version - 1;
    const due = version === 0 ? NO_PARENT : known?.parent;
    if (follows && record.parent !== due) {
      this.#report('bad-parent', seq, 'it does not follow on the previous record of its subject');
    }
    this.#streams.set(subject, {
      version,
      parent: toHex(this.#crypto.sha256(parentBytes(record))),
      isWhole: version === 0 || (follows && (known?.isWhole ?? false)),
      beforeCommand: known?.command === command ? known.beforeCommand : version,
      command,
    });
  }

  #judgeReads(record: JournalRecord, seq: number): void {
    for (const [subject, count] of Object.entries(record.reads ?? {}) as [Subject, number][]) {
      const stream = this.#streams.get(subject);
      if (!stream?.isWhole) continue;
      const before = stream.command === record.command ? stream.beforeCommand : stream.version + 1;
      if (count !== before) {
        const message = `it relied on ${String(count)} records of ${subject} where there were ${String(before)}`;
        this.#report('stale-read', seq, message);
      }
    }
  }

  #judgeType(record: JournalRecord, seq: number): void {
    const { type, subject, actor } = record;
    const writer = writerOf(type);
    if (!writer) {
      this.#report('bad-record', seq, `the type ${type} is not known`);
      return;
    }
    if (!isSubjectOfType(type, subject)) this.#report('bad-record', seq, `${type} does not belong on ${subject}`);
    if (seq === 0 && type !== 'workspace.created') {
      this.#report('bad-record', seq, 'record 0 does not create the workspace');
    }
    const problem = problemWithWriter(writer, actor, record);
    if (problem) this.#report('bad-actor', seq, problem);
    const person = isPersonActor(actor) ? actor.person : null;
    if (type === 'publishing.resumed' && this.#resumeProposedBy !== null && this.#resumeProposedBy === person) {
      this.#report('bad-actor', seq, 'whoever proposed to lift the pause may not lift it');
    }
    if (type === 'publishing.resumeProposed') this.#resumeProposedBy = person;
    if (type === 'publishing.resumed' || type === 'publishing.paused') this.#resumeProposedBy = null;
  }

  #judgeSignature(record: JournalRecord, seq: number): void {
    const { actor, sig } = record;
    if (!isPersonActor(actor)) {
      if (sig) this.#report('bad-record', seq, 'a record of the program carries a signature');
      return;
    }
    if (!sig) {
      this.#report('missing-signature', seq, 'a record of a person is not signed');
      return;
    }
    const isFirst = seq === 0 && record.type === 'workspace.created';
    const publicKey = isFirst ? this.#keyOfRecordZero(record) : this.#registry.publicKey(sig.key);
    if (!publicKey || (!isFirst && this.#registry.validKeyOf(actor.person) !== sig.key)) {
      this.#report('unknown-key', seq, 'no record here makes its key valid for that person');
      return;
    }
    if (!isFirst && !this.#registry.rolesOf(actor.person).includes(actor.role)) {
      this.#report('bad-actor', seq, `the person does not have the role ${actor.role} here`);
    }
    const origin = isFirst ? originOf(textOf(record.data.workspace)) : (this.#registry.origin ?? '');
    const value = fromBase64(sig.value);
    if (!value || !this.#crypto.verifyEd25519(publicKey, signedBytes(record, origin), value)) {
      this.#report('bad-signature', seq, 'the signature does not fit the record');
    }
  }

  #keyOfRecordZero(record: JournalRecord): Uint8Array | null {
    const { publicKey } = record.data;
    const bytes = typeof publicKey === 'string' ? fromBase64(publicKey) : null;
    return bytes && toHex(this.#crypto.sha256(bytes)) === record.sig?.key ? bytes : null;
  }

  /**
   * Judges the checkpoint and the workspace's public key by the records taken in. Called once, after the last of them.
   * @param checkpointText content of `journal/checkpoint`
   * @param vkeyText content of `keys/workspace.vkey`
   */
  judgeCheckpoint(checkpointText: string, vkeyText: string): void {
    const parsed = parseSignedCheckpoint(checkpointText);
    const origin = this.#registry.origin ?? '';
    if (parsed?.checkpoint.origin !== origin) {
      this.#report('bad-checkpoint-signature', null, 'journal/checkpoint is no checkpoint of this workspace');
      return;
    }
    const key = this.#registry.checkpointKeyAt(parsed.checkpoint.size);
    const verdict = key ? verifyNote(parsed.note, noteKey(origin, key, this.#crypto), this.#crypto) : 'absent';
    if (verdict === 'invalid') {
      this.#report('bad-checkpoint-signature', null, 'the signature of journal/checkpoint does not fit it');
    }
    if (verdict === 'absent') {
      const message = 'journal/checkpoint is not signed by the key that was valid at its size';
      const isNamed = parsed.note.signatures.some(({ name }) => name === origin);
      this.#report(isNamed ? 'wrong-checkpoint-key' : 'bad-checkpoint-signature', null, message);
    }
    const vkey = parseNoteKey(vkeyText.trimEnd(), this.#crypto);
    if (!vkey || !key || vkey.name !== origin || toBase64(vkey.publicKey) !== toBase64(key)) {
      this.#report('wrong-checkpoint-key', null, 'keys/workspace.vkey is not the key that the records name');
    }
  }
}
