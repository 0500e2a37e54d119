import type { ChannelId, ReplyId } from '../identifiers.ts';
import { fromHex, toHex } from '../journal/bytes.ts';
import { CompactTable } from '../journal/compact-table.ts';
import { packUlid, ULID_BYTES, unpackUlid } from '../journal/packed-names.ts';
import { OPERATIONS, type ReplyContext } from '../reply/reply.events.ts';
import type { TemplatePin } from '../reply/reply.records.ts';
import { toMilliseconds, toTime } from '../time.ts';
import type { RuledReply } from './reply-rules.ts';

const OBSERVATIONS = [null, 'same', 'drifted', 'gone'] as const;

/** What few replies have for themselves: the state, who has it, who wrote it, where, by which template. */
interface Shared {
  readonly value: RuledReply['state']['value'];
  readonly assignee: ReplyContext['assignee'];
  readonly authors: ReplyContext['authors'];
  readonly channel: ChannelId;
  readonly template: TemplatePin | null;
}

const WHAT_IS_THERE = 0;
const OPERATION = 1;
const OBSERVATION = 2;
const SHARED = 4;
const REVISION = 8;
const DISTANCE = 16;
const WORDS = 24;
const PUBLISHED_AT = 32;
const CUSTOMER = 40;
const CONTENT_HASH = CUSTOMER + ULID_BYTES;
const PUBLICATION = CONTENT_HASH + 32;
const ROW_BYTES = PUBLICATION + ULID_BYTES;

/** Bits of the first byte; 0 in all of it: the reply is not here. */
const IS_HERE = 1;
const HAS_CONTENT = 2;
const IS_PUBLIC = 4;
const HAS_PUBLICATION = 8;
const SUCCEEDED = 16;
const HAS_DEVIATION = 32;

const CUSTOMER_PREFIX = 'customer/';
const PUBLICATION_PREFIX = 'publication/';
const REPLY_PREFIX = 'reply/';

/**
 * The replies that are over, in 120 bytes each instead of two kilobytes, since a journal has most of its replies here. Route
 * and decisions are forgotten: before the machine asks for them again, a new submission replaces them.
 */
export class FinishedReplies {
  readonly #rows = new CompactTable(ULID_BYTES, ROW_BYTES);
  readonly #shared: Shared[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #key = new Uint8Array(ULID_BYTES);

  /** @returns whether it was taken; what public text and content do not agree on is not */
  put(id: ReplyId, reply: RuledReply): boolean {
    const { context, value } = reply.state;
    const { publication, publishedHash, publishedAt, contentHash } = context;
    if (publishedHash !== null && publishedHash !== contentHash) return false;
    if (reply.succeeded !== null && reply.succeeded !== publication) return false;
    if (context.scheduledFor !== null) return false;
    packUlid(id, REPLY_PREFIX.length, this.#key, 0);
    const row = this.#rows.findOrAdd(this.#key);
    const numbers = viewOf(row);
    const { assignee, authors } = context;
    row[WHAT_IS_THERE] =
      IS_HERE |
      (contentHash === null ? 0 : HAS_CONTENT) |
      (publishedHash === null ? 0 : IS_PUBLIC) |
      (publication === null ? 0 : HAS_PUBLICATION) |
      (reply.succeeded === null ? 0 : SUCCEEDED) |
      (reply.deviation === null ? 0 : HAS_DEVIATION);
    row[OPERATION] = OPERATIONS.indexOf(context.operation);
    row[OBSERVATION] = OBSERVATIONS.indexOf(context.observation);
    numbers.setUint32(
      SHARED,
      this.#numberOf({ value, assignee, authors, channel: reply.channel, template: reply.template }),
    );
    numbers.setFloat64(REVISION, context.revision);
    numbers.setFloat64(DISTANCE, reply.deviation?.distance ?? 0);
    numbers.setFloat64(WORDS, reply.deviation?.words ?? 0);
    numbers.setFloat64(PUBLISHED_AT, publishedAt === null ? Number.NaN : toMilliseconds(publishedAt));
    packUlid(reply.customer, CUSTOMER_PREFIX.length, row, CUSTOMER);
    if (contentHash !== null) row.set(fromHex(contentHash), CONTENT_HASH);
    if (publication !== null) packUlid(publication, PUBLICATION_PREFIX.length, row, PUBLICATION);
    return true;
  }

  /** The reply as it was put in, but for its route and its decisions; `null` when it is not here. */
  get(id: ReplyId): RuledReply | null {
    packUlid(id, REPLY_PREFIX.length, this.#key, 0);
    const row = this.#rows.find(this.#key);
    const what = row?.[WHAT_IS_THERE] ?? 0;
    if (!row || what === 0) return null;
    const numbers = viewOf(row);
    const { value, assignee, authors, channel, template } = this.#shared[numbers.getUint32(SHARED)] as Shared;
    const has = (bit: number): boolean => (what & bit) !== 0;
    const contentHash = has(HAS_CONTENT) ? toHex(row.subarray(CONTENT_HASH, PUBLICATION)) : null;
    const publication = has(HAS_PUBLICATION) ? (`${PUBLICATION_PREFIX}${unpackUlid(row, PUBLICATION)}` as const) : null;
    const publishedAt = numbers.getFloat64(PUBLISHED_AT);
    return {
      state: {
        value,
        context: {
          assignee,
          operation: OPERATIONS[row[OPERATION] ?? 0] ?? 'reply',
          revision: numbers.getFloat64(REVISION),
          contentHash,
          authors,
          route: null,
          decisions: {},
          publication,
          scheduledFor: null,
          publishedHash: has(IS_PUBLIC) ? contentHash : null,
          publishedAt: Number.isNaN(publishedAt) ? null : toTime(publishedAt),
          observation: OBSERVATIONS[row[OBSERVATION] ?? 0] ?? null,
        },
      },
      channel,
      customer: `${CUSTOMER_PREFIX}${unpackUlid(row, CUSTOMER)}`,
      template,
      deviation: has(HAS_DEVIATION)
        ? { distance: numbers.getFloat64(DISTANCE), words: numbers.getFloat64(WORDS) }
        : null,
      succeeded: has(SUCCEEDED) ? publication : null,
    };
  }

  /** The reply is taken up again. */
  remove(id: ReplyId): void {
    packUlid(id, REPLY_PREFIX.length, this.#key, 0);
    const row = this.#rows.find(this.#key);
    if (row) row[WHAT_IS_THERE] = 0;
  }

  #numberOf(shared: Shared): number {
    const name = JSON.stringify(shared);
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.#shared.length);
    this.#shared.push(shared);
    return this.#shared.length - 1;
  }
}

const viewOf = (row: Uint8Array): DataView => new DataView(row.buffer, row.byteOffset, row.length);
