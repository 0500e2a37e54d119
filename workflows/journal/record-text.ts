import { utf8 } from './bytes.ts';
import { canonicalText, NotCanonicalError, problemInValue } from './canonical.ts';
import { signedMessage, type JournalRecord, type UnplacedRecord } from './record.ts';

/** What the journal gives to a record. */
export type RecordPlace = Pick<JournalRecord, 'seq' | 'at' | 'cont'>;

/** Members before each of those that are not signed, in the order of RFC 8785 section 3.2.3, each with a comma before it. */
interface Members {
  readonly beforeAt: string;
  readonly beforeCont: string;
  readonly beforeSeq: string;
  readonly beforeSig: string;
  readonly behindSig: string;
}

const membersOf = (record: UnplacedRecord): Members => {
  const members = { beforeAt: '', beforeCont: '', beforeSeq: '', beforeSig: '', behindSig: '' };
  for (const name of Object.keys(record).sort()) {
    if (name === 'sig') continue;
    const text = `,${canonicalText(name)}:${canonicalText(record[name as keyof UnplacedRecord])}`;
    if (name < 'at') members.beforeAt += text;
    else if (name < 'cont') members.beforeCont += text;
    else if (name < 'seq') members.beforeSeq += text;
    else if (name < 'sig') members.beforeSig += text;
    else members.behindSig += text;
  }
  return members;
};

/**
 * The canonical texts of a record that the program has put together: what is signed, what the subject's next record follows
 * on, and what is stored. They differ in few members, so that the others are judged and written once for all three.
 */
export class RecordText {
  readonly record: UnplacedRecord;
  readonly #members: Members;
  /** The member `sig` with its comma; empty without one. */
  readonly #sig: string;

  private constructor(record: UnplacedRecord, members: Members) {
    this.record = record;
    this.#members = members;
    this.#sig = record.sig ? `,"sig":${canonicalText(record.sig)}` : '';
  }

  /** Precondition: the record is never changed. @throws NotCanonicalError for what has no place in the journal */
  static of(record: UnplacedRecord): RecordText {
    const problem = problemInValue(record);
    if (problem) throw new NotCanonicalError(problem);
    return new RecordText(record, membersOf(record));
  }

  /** The same record with the value of its signature, base64. Precondition: it has a `sig`. */
  signedWith(value: string): RecordText {
    const { sig } = this.record;
    if (!sig) throw new Error('there is no signature to complete');
    const { at, auth, key } = sig;
    return new RecordText({ ...this.record, sig: { at, auth, key, value } }, this.#members);
  }

  /** The message that `sig.value` signs. */
  message(origin: string): Uint8Array<ArrayBuffer> {
    const { value: _value, ...sig } = this.record.sig ?? { value: '' };
    return signedMessage(this.#unplaced(`,"sig":${canonicalText(sig)}`), origin);
  }

  /** The text whose SHA-256 is the `parent` of the subject's next record. */
  get followed(): string {
    return this.#unplaced(this.#sig);
  }

  /** The bytes that are stored and hashed. */
  leafAt({ seq, at, cont }: RecordPlace): Uint8Array<ArrayBuffer> {
    const { beforeAt, beforeCont, beforeSeq, beforeSig, behindSig } = this.#members;
    const place = { at: `,"at":"${at}"`, cont: cont ? ',"cont":true' : '', seq: `,"seq":${String(seq)}` };
    return utf8(
      objectOf(
        beforeAt + place.at + beforeCont + place.cont + beforeSeq + place.seq + beforeSig + this.#sig + behindSig,
      ),
    );
  }

  #unplaced(sig: string): string {
    const { beforeAt, beforeCont, beforeSeq, beforeSig, behindSig } = this.#members;
    return objectOf(beforeAt + beforeCont + beforeSeq + beforeSig + sig + behindSig);
  }
}

/** Precondition: every member has a comma before it. */
const objectOf = (members: string): string => `{${members.slice(1)}}`;
