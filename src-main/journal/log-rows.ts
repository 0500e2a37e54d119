import { kindOf, type ReplyId, type Subject } from '#workflows/identifiers.ts';
import { packUlid, ULID_BYTES } from '#workflows/journal/packed-names.ts';
import type { JournalRecord } from '#workflows/journal/record.ts';
import { isPersonActor } from '#workflows/people/roles.ts';
import { CHUNK_ROWS, RowChunks, type Rows, type RowChunksOptions } from './row-chunks.ts';

/** Time in milliseconds (2 + 4), flags (2), type, person, role, channel (4 each, by number), reply (16). */
const ROW_BYTES = 40;
const FLAGS = 6;
const TYPE = 8;
const PERSON = 12;
const ROLE = 16;
const CHANNEL = 20;
const REPLY = 24;

const IS_TAKE_DOWN = 1;
const HAS_REPLY = 2;

/** What can be asked of rows; members that are `null` allow all. */
export interface RowFilter {
  /** Milliseconds: not before, and before. */
  readonly from: number | null;
  readonly to: number | null;
  readonly person: string | null;
  readonly role: string | null;
  readonly channel: string | null;
  readonly reply: ReplyId | null;
}

/** What views are told apart by. */
export interface RowKind {
  readonly type: string;
  /** A publication by which something was taken down. */
  readonly isTakeDown: boolean;
}

/** The reply that a record belongs to. */
export const replyOf = ({ subject, data }: { subject: Subject; data: object }): ReplyId | null => {
  if (kindOf(subject) === 'reply') return subject as ReplyId;
  return 'reply' in data && typeof data.reply === 'string' && data.reply !== '' ? (data.reply as ReplyId) : null;
};

const isTakeDown = ({ type, data }: JournalRecord): boolean =>
  type === 'publication.succeeded' && data.operation === 'takeDown';

const packReply = (reply: ReplyId, target: Uint8Array, start: number): void => {
  packUlid(reply, 'reply/'.length, target, start);
};

const timeIn = ({ view }: Rows, start: number): number => view.getUint16(start) * 2 ** 32 + view.getUint32(start + 2);

/** What the decision log needs of each record to find it: when, by whom, on which reply. Its words are in the record. */
export class LogRows {
  readonly chunks: RowChunks;
  /** Types, people, roles and channels; a row has their place here, counted from 1. */
  readonly #names: string[];
  readonly #numbers: Map<string, number>;

  /** @throws IndexDamagedError */
  constructor(options: Omit<RowChunksOptions, 'table' | 'rowBytes'>, names: readonly string[]) {
    this.chunks = new RowChunks({ ...options, table: 'log', rowBytes: ROW_BYTES });
    this.#names = [...names];
    this.#numbers = new Map(names.map((name, index) => [name, index + 1]));
  }

  get size(): number {
    return this.chunks.size;
  }

  get names(): readonly string[] {
    return this.#names;
  }

  /** @param before place of the reply's newest record before this one, where it belongs to one */
  add(record: JournalRecord, before: number | null): void {
    const channel = this.#channelOf(record, before);
    const { rows, start } = this.chunks.add();
    const { view } = rows;
    const time = Date.parse(record.at);
    view.setUint16(start, Math.floor(time / 2 ** 32));
    view.setUint32(start + 2, time % 2 ** 32);
    const reply = replyOf(record);
    view.setUint16(start + FLAGS, (isTakeDown(record) ? IS_TAKE_DOWN : 0) | (reply ? HAS_REPLY : 0));
    view.setUint32(start + TYPE, this.#number(record.type));
    if (isPersonActor(record.actor)) {
      view.setUint32(start + PERSON, this.#number(record.actor.person));
      view.setUint32(start + ROLE, this.#number(record.actor.role));
    }
    view.setUint32(start + CHANNEL, channel);
    if (reply) packReply(reply, rows.bytes, start + REPLY);
  }

  /** Whether the row at the record's place is the one that the record makes. @throws IndexDamagedError */
  isOf(record: JournalRecord): boolean {
    const { view, bytes } = this.chunks.chunk(Math.floor(record.seq / CHUNK_ROWS));
    const start = (record.seq % CHUNK_ROWS) * ROW_BYTES;
    const actor = isPersonActor(record.actor) ? record.actor : null;
    const reply = replyOf(record);
    const packed = new Uint8Array(ULID_BYTES);
    if (reply) packReply(reply, packed, 0);
    return (
      timeIn({ view, bytes }, start) === Date.parse(record.at) &&
      view.getUint16(start + FLAGS) === ((isTakeDown(record) ? IS_TAKE_DOWN : 0) | (reply ? HAS_REPLY : 0)) &&
      this.#nameAt(view, start + TYPE) === record.type &&
      this.#nameAt(view, start + PERSON) === actor?.person &&
      this.#nameAt(view, start + ROLE) === actor?.role &&
      packed.every((byte, index) => bytes[start + REPLY + index] === byte)
    );
  }

  /** What stands behind the numbers that `scan` gives. */
  kind(number: number): RowKind {
    return { type: this.#names[Math.floor(number / 2) - 1] ?? '', isTakeDown: number % 2 === 1 };
  }

  /**
   * Goes through the rows `from` to `to - 1` under a filter, in order.
   * @param take is given each place and the number of its kind
   * @throws IndexDamagedError
   */
  scan(from: number, to: number, filter: RowFilter, take: (seq: number, kind: number) => void): void {
    const fits = this.#test(filter);
    if (!fits) return;
    for (let seq = from; seq < to;) {
      const number = Math.floor(seq / CHUNK_ROWS);
      const rows = this.chunks.chunk(number);
      const end = Math.min(to, (number + 1) * CHUNK_ROWS);
      for (; seq < end; seq += 1) {
        const start = (seq % CHUNK_ROWS) * ROW_BYTES;
        if (!fits(rows, start)) continue;
        take(seq, rows.view.getUint32(start + TYPE) * 2 + (rows.view.getUint16(start + FLAGS) & IS_TAKE_DOWN));
      }
    }
  }

  /** `null` when no row can fit. */
  #test({ from, to, person, role, channel, reply }: RowFilter): ((rows: Rows, start: number) => boolean) | null {
    const wanted: [number, number][] = [];
    for (const [place, name] of [
      [PERSON, person],
      [ROLE, role],
      [CHANNEL, channel],
    ] as const) {
      if (name === null) continue;
      const number = this.#numbers.get(name);
      if (number === undefined) return null;
      wanted.push([place, number]);
    }
    if (reply !== null) {
      const packed = new DataView(new ArrayBuffer(ULID_BYTES));
      packReply(reply, new Uint8Array(packed.buffer), 0);
      for (let part = 0; part < ULID_BYTES; part += 4) wanted.push([REPLY + part, packed.getUint32(part)]);
    }
    return (rows, start) => {
      for (const [place, value] of wanted) if (rows.view.getUint32(start + place) !== value) return false;
      if (reply !== null && (rows.view.getUint16(start + FLAGS) & HAS_REPLY) === 0) return false;
      if (from === null && to === null) return true;
      const time = timeIn(rows, start);
      return (from === null || time >= from) && (to === null || time < to);
    };
  }

  #channelOf({ type, data }: JournalRecord, before: number | null): number {
    if (type === 'reply.opened') return typeof data.channel === 'string' ? this.#number(data.channel) : 0;
    if (before === null) return 0;
    const { view } = this.chunks.chunk(Math.floor(before / CHUNK_ROWS));
    return view.getUint32((before % CHUNK_ROWS) * ROW_BYTES + CHANNEL);
  }

  #number(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = this.#names.push(name);
    this.#numbers.set(name, number);
    return number;
  }

  #nameAt(view: DataView, place: number): string | undefined {
    const number = view.getUint32(place);
    return number === 0 ? undefined : this.#names[number - 1];
  }
}
