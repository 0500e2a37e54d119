import type { Subject } from '../identifiers.ts';
import { isPersonActor } from '../people/roles.ts';
import { toMilliseconds } from '../time.ts';
import { fromBase64, toBase64, toHex } from './bytes.ts';
import type { CryptoPort } from './crypto-port.ts';
import { JournalState, type GrowingTree, type JournalPlaces } from './journal-state.ts';
import { judgeCheckpoint } from './judge-checkpoint.ts';
import { unplacedTexts, type UnplacedTexts } from './leaf-text.ts';
import type { RecordTree } from './merkle-tree.ts';
import { originOf, readLeaf, signedBytes, signedMessage, type JournalRecord } from './record.ts';
import { parseNoteKey } from './signed-note.ts';
import { isSubjectOfType, problemWithWriter, writerOf } from './writers.ts';

/** Codes of JOURNAL.md, Verification. */
export const PROBLEM_CODES = [
  'unreadable',
  'not-canonical',
  'bad-record',
  'bad-seq',
  'bad-version',
  'bad-parent',
  'bad-time',
  'bad-command',
  'bad-actor',
  'missing-signature',
  'unknown-key',
  'bad-signature',
  'bad-key',
  'stale-read',
  'bad-checkpoint-signature',
  'wrong-checkpoint-key',
  'root-mismatch',
  'size-mismatch',
  'not-consistent',
  'missing-evidence',
  'rule-broken',
  'not-checkable',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

export interface Problem {
  /** The record that is wrong, or `null` where the problem is of the whole journal. */
  readonly seq: number | null;
  readonly code: ProblemCode;
  readonly message: string;
}

export interface VerificationNote {
  readonly code: 'uncovered-tail' | 'workspace-file' | 'slice' | 'not-checkable' | 'more-problems';
  readonly message: string;
}

export interface VerificationResult {
  readonly ok: boolean;
  /** Records that were read. */
  readonly size: number;
  /** Base64 root over them. */
  readonly root: string;
  /** Hex SHA-256 of record 0's leaf bytes; empty when there is no record. */
  readonly fingerprint: string;
  readonly notes: readonly VerificationNote[];
  readonly problems: readonly Problem[];
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const personOf = ({ actor }: JournalRecord): string | null => (isPersonActor(actor) ? actor.person : null);

/** How far `sig.at` may lie before `at`. */
const MAX_SIGNING_DELAY = 5 * 60_000;

/** More problems than this are counted, not listed: the first ones tell. */
const MAX_PROBLEMS = 1000;

/** What judges the meaning of records, besides their form and proofs: `--rules` of JOURNAL.md, Verification. */
export interface RecordRules {
  /**
   * Takes in the next record. Precondition: its envelope has the right form.
   * @param isAuthorised whether who wrote it may write it, and signed it by a key that counts
   * @returns what it breaks, in plain words
   */
  take(record: JournalRecord, isAuthorised: boolean): readonly string[];
  /** What could not be judged, once all records are taken in. */
  notes(): readonly VerificationNote[];
}

/**
 * Judges a journal record by record, then against its checkpoint. It goes on after a problem, so that a report names
 * all that is wrong; nothing in the input is trusted.
 */
export class JournalVerifier<Tree extends GrowingTree = RecordTree> {
  readonly #crypto: CryptoPort;
  readonly #state: JournalPlaces<Tree>;
  readonly #rules: RecordRules | null;
  readonly #problems: Problem[] = [];
  readonly #notes: VerificationNote[] = [];
  #problemCount = 0;
  #nextSeq = 0;
  #fingerprint = '';
  #resumeProposedBy: string | null = null;

  /**
   * @param start an empty tree, when it is not to be kept whole in memory; or the records before those that are judged
   * @param rules what judges the meaning of the records, where that is asked for
   */
  constructor(crypto: CryptoPort, start?: Tree | JournalPlaces<Tree>, rules?: RecordRules) {
    this.#crypto = crypto;
    this.#state = start && 'tree' in start ? start : new JournalState<Tree>(crypto, start);
    this.#nextSeq = this.size;
    this.#rules = rules ?? null;
  }

  /** Records taken in so far. */
  get size(): number {
    return this.#state.tree.size;
  }

  /** Problems found so far, listed or not. */
  get problemCount(): number {
    return this.#problemCount;
  }

  /** Everything as of the last record taken in. */
  get state(): JournalPlaces<Tree> {
    return this.#state;
  }

  get problems(): readonly Problem[] {
    return this.#problems;
  }

  report(code: ProblemCode, seq: number | null, message: string): void {
    this.#problemCount += 1;
    if (this.#problems.length < MAX_PROBLEMS) this.#problems.push({ seq, code, message });
  }

  note(code: VerificationNote['code'], message: string): void {
    this.#notes.push({ code, message });
  }

  /**
   * Takes in the leaf bytes of the next record (without LF).
   * @returns the record when its envelope could be read; evidence it names is the caller's to look for
   */
  add(bytes: Uint8Array): JournalRecord | null {
    const place = this.size;
    if (place === 0) this.#fingerprint = toHex(this.#crypto.sha256(bytes));
    const reading = readLeaf(bytes);
    if (!reading.ok) {
      this.report(reading.code, place, reading.message);
      this.#state.takeUnread(bytes);
      this.#nextSeq = place + 1;
      return null;
    }
    const { record, text } = reading;
    const texts = unplacedTexts(text, record);
    const isAuthorised = this.#judge(record, place, texts);
    const known = texts ? { leaf: text, followed: texts.followed } : undefined;
    for (const { code, message } of this.#state.take(record, bytes, known)) {
      // That the program writes what only people may is said already, by the table.
      if (code !== 'bad-actor' || isPersonActor(record.actor)) this.report(code, place, message);
    }
    for (const message of this.#rules?.take(record, isAuthorised) ?? []) this.report('rule-broken', place, message);
    return record;
  }

  /** Takes in a record that is known to be sound, such as one that a checked checkpoint covers. */
  trust(record: JournalRecord, bytes: Uint8Array): void {
    if (this.size === 0) this.#fingerprint = toHex(this.#crypto.sha256(bytes));
    this.#trackResume(record);
    this.#state.take(record, bytes);
    this.#nextSeq = record.seq + 1;
  }

  /** Takes note of a record that stands before those that are judged, where it says who may lift a pause. */
  recall(record: JournalRecord): void {
    this.#trackResume(record);
  }

  /** @returns whether who wrote the record may, and signed it */
  #judge(record: JournalRecord, place: number, texts: UnplacedTexts | null): boolean {
    if (record.seq !== this.#nextSeq) {
      this.report('bad-seq', place, `it says ${String(record.seq)} where ${String(this.#nextSeq)} is due`);
    }
    this.#nextSeq = record.seq + 1;
    this.#judgeCommand(record, place);
    this.#judgeTime(record, place);
    this.#judgeStream(record, place);
    this.#judgeReads(record, place);
    const before = this.#problemCount;
    this.#judgeType(record, place);
    this.#judgeSignature(record, place, texts);
    return this.#problemCount === before;
  }

  #judgeCommand(record: JournalRecord, place: number): void {
    const open = this.#state.openCommand;
    if (open === record.command) return;
    if (open !== null) this.report('bad-command', place, 'the command before it is incomplete');
    if (this.#state.firstOfCommand(record.command) !== null) {
      this.report('bad-command', place, 'its command id was used before');
    }
  }

  #judgeTime(record: JournalRecord, place: number): void {
    if (record.at < this.#state.lastAt && record.type !== 'clock.corrected') {
      this.report('bad-time', place, 'it is earlier than the record before it');
    }
    if (!record.sig) return;
    const delay = toMilliseconds(record.at) - toMilliseconds(record.sig.at);
    if (delay < 0) this.report('bad-time', place, 'it was signed after it took its place');
    if (delay > MAX_SIGNING_DELAY) this.report('bad-time', place, 'it was signed more than five minutes before');
  }

  #judgeStream(record: JournalRecord, place: number): void {
    const head = this.#state.head(record.subject);
    if (record.version !== head.count) {
      const due = String(head.count);
      this.report('bad-version', place, `it is version ${String(record.version)} of its subject where ${due} is due`);
    }
    if (record.parent !== head.parent) {
      this.report('bad-parent', place, 'it does not follow on the previous record of its subject');
    }
  }

  #judgeReads(record: JournalRecord, place: number): void {
    for (const [subject, count] of Object.entries(record.reads ?? {}) as [Subject, number][]) {
      const before = this.#state.countBeforeCommand(subject, record.command);
      if (count !== before) {
        const message = `it relied on ${String(count)} records of ${subject} where there were ${String(before)}`;
        this.report('stale-read', place, message);
      }
    }
  }

  #judgeType(record: JournalRecord, place: number): void {
    const writer = writerOf(record.type);
    if (!writer) {
      this.report('bad-record', place, `the type ${record.type} is not known`);
      return;
    }
    if (!isSubjectOfType(record.type, record.subject)) {
      this.report('bad-record', place, `${record.type} does not belong on ${record.subject}`);
    }
    if (record.seq === 0 && record.type !== 'workspace.created') {
      this.report('bad-record', place, 'record 0 does not create the workspace');
    }
    const problem = problemWithWriter(writer, record.actor, record);
    if (problem) this.report('bad-actor', place, problem);
    if (record.type === 'publishing.resumed' && this.#resumeProposedBy === personOf(record)) {
      this.report('bad-actor', place, 'whoever proposed to lift the pause may not lift it');
    }
    this.#trackResume(record);
  }

  /** The pause is lifted by two: whoever proposed it may not be the one who completes it. */
  #trackResume(record: JournalRecord): void {
    if (record.type === 'publishing.resumeProposed') this.#resumeProposedBy = personOf(record);
    if (record.type === 'publishing.resumed' || record.type === 'publishing.paused') this.#resumeProposedBy = null;
  }

  #judgeSignature(record: JournalRecord, place: number, texts: UnplacedTexts | null): void {
    const { actor, sig } = record;
    if (!isPersonActor(actor)) {
      if (sig) this.report('bad-record', place, 'a record of the program carries a signature');
      return;
    }
    if (!sig) {
      this.report('missing-signature', place, 'a record of a person is not signed');
      return;
    }
    const isFirst = record.seq === 0 && record.type === 'workspace.created';
    const publicKey = isFirst ? this.#keyOfRecordZero(record) : this.#state.registry.publicKey(sig.key);
    if (!publicKey || (!isFirst && this.#state.registry.validKeyOf(actor.person) !== sig.key)) {
      this.report('unknown-key', place, 'it is signed by a key that is not valid for that person here');
      return;
    }
    if (!isFirst && !this.#state.registry.rolesOf(actor.person).includes(actor.role)) {
      this.report('bad-actor', place, `the person does not have the role ${actor.role} here`);
    }
    const origin = isFirst ? originOf(textOf(record.data.workspace)) : (this.#state.registry.origin ?? '');
    const value = fromBase64(sig.value);
    const message = texts ? signedMessage(texts.signed, origin) : signedBytes(record, origin);
    if (!value || !this.#crypto.verifyEd25519(publicKey, message, value)) {
      this.report('bad-signature', place, 'the signature does not fit the record');
    }
  }

  #keyOfRecordZero(record: JournalRecord): Uint8Array | null {
    const { publicKey } = record.data;
    const bytes = typeof publicKey === 'string' ? fromBase64(publicKey) : null;
    return bytes && toHex(this.#crypto.sha256(bytes)) === record.sig?.key ? bytes : null;
  }

  /**
   * Judges the newest checkpoint and the workspace's public key against the records taken in.
   * @param checkpointText content of `journal/checkpoint`, `null` when it is missing
   * @param vkeyText content of `keys/workspace.vkey`, `null` when it is missing
   * @param keptText an older checkpoint that the journal must extend, where there is one
   */
  finish(checkpointText: string | null, vkeyText: string | null, keptText?: string): VerificationResult {
    this.#judgeWorkspaceKey(vkeyText);
    if (checkpointText === null) this.report('unreadable', null, 'journal/checkpoint is missing');
    else this.#judgeNewest(checkpointText);
    if (keptText !== undefined) {
      const { problems } = judgeCheckpoint(keptText, 'kept', { state: this.#state, crypto: this.#crypto });
      for (const { code, seq, message } of problems) this.report(code, seq, message);
    }
    this.#notes.push(...(this.#rules?.notes() ?? []));
    const unlisted = this.#problemCount - this.#problems.length;
    if (unlisted > 0) this.note('more-problems', `${String(unlisted)} more problems were found than are listed`);
    return {
      ok: this.#problemCount === 0,
      size: this.size,
      root: toBase64(this.#state.tree.root()),
      fingerprint: this.#fingerprint,
      notes: this.#notes,
      problems: this.#problems,
    };
  }

  #judgeWorkspaceKey(vkeyText: string | null): void {
    if (vkeyText === null) {
      this.report('unreadable', null, 'keys/workspace.vkey is missing');
      return;
    }
    const key = parseNoteKey(vkeyText.trimEnd(), this.#crypto);
    const current = this.#state.registry.checkpointKeyAt(this.size);
    if (!key || !current || key.name !== this.#state.registry.origin || toBase64(key.publicKey) !== toBase64(current)) {
      this.report('wrong-checkpoint-key', null, 'keys/workspace.vkey is not the key that the journal names');
    }
  }

  #judgeNewest(text: string): void {
    const { problems, covered } = judgeCheckpoint(text, 'newest', { state: this.#state, crypto: this.#crypto });
    for (const { code, seq, message } of problems) this.report(code, seq, message);
    if (covered === null) return;
    const tail = this.size - covered;
    if (tail > 0) {
      const incomplete = this.#state.openCommand !== null ? '; the last command is incomplete' : '';
      this.note('uncovered-tail', `${String(tail)} records are newer than the checkpoint${incomplete}`);
    }
  }
}
