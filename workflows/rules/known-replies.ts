import type { CustomerId, PublicationId, ReplyId } from '../identifiers.ts';
import { CompactTable } from '../journal/compact-table.ts';
import { packUlid, ULID_BYTES, unpackUlid } from '../journal/packed-names.ts';
import { openPublication, type PublicationState } from '../publication/publication.replay.ts';
import { isIn } from '../step.ts';
import { FinishedReplies } from './finished-replies.ts';
import { isFinished, type RuledReply } from './reply-rules.ts';

/** All replies of a journal: those that are under way as they are, those that are over in as few bytes as they need. */
export class KnownReplies {
  readonly #underWay = new Map<ReplyId, RuledReply>();
  readonly #finished = new FinishedReplies();

  get(id: ReplyId): RuledReply | null {
    return this.#underWay.get(id) ?? this.#finished.get(id);
  }

  set(id: ReplyId, reply: RuledReply): void {
    if (isFinished(reply) && this.#finished.put(id, reply)) {
      this.#underWay.delete(id);
      return;
    }
    if (!this.#underWay.has(id)) this.#finished.remove(id);
    this.#underWay.set(id, reply);
  }

  /** Whether something is still to come of a reply to the customer. */
  hasUnfinished(customer: CustomerId): boolean {
    for (const reply of this.#underWay.values()) if (reply.customer === customer && !isFinished(reply)) return true;
    return false;
  }
}

export interface RuledPublication {
  readonly reply: ReplyId;
  readonly state: PublicationState;
  /** Its newest attempt broke a rule, which was said: what came of the attempt is not said again. */
  readonly isBroken: boolean;
}

const OUTCOMES = ['awaitingReadback', 'verified', 'drifted', 'gone'] as const;

const OUTCOME = ULID_BYTES;
const PREFIX_LENGTH = 'publication/'.length;
const REPLY_PREFIX = 'reply/';

/**
 * All publications of a journal. Of one that succeeded nothing is asked any more but what it was read back as, so that it
 * costs 17 bytes, and no attempt follows on it that could be broken.
 */
export class KnownPublications {
  readonly #underWay = new Map<PublicationId, RuledPublication>();
  /** By publication: its reply, and the number of its outcome + 1. */
  readonly #succeeded = new CompactTable(ULID_BYTES, OUTCOME + 1);
  readonly #key = new Uint8Array(ULID_BYTES);

  get(id: PublicationId): RuledPublication | null {
    const known = this.#underWay.get(id);
    if (known) return known;
    packUlid(id, PREFIX_LENGTH, this.#key, 0);
    const row = this.#succeeded.find(this.#key);
    const outcome = OUTCOMES[(row?.[OUTCOME] ?? 0) - 1];
    if (!row || outcome === undefined) return null;
    return {
      reply: `${REPLY_PREFIX}${unpackUlid(row, 0)}`,
      state: { value: { succeeded: outcome }, context: openPublication().context },
      isBroken: false,
    };
  }

  set(id: PublicationId, publication: RuledPublication): void {
    const { reply, state } = publication;
    const outcome = OUTCOMES.findIndex((name) => isIn(state.value, `succeeded.${name}`));
    if (outcome < 0) {
      this.#underWay.set(id, publication);
      return;
    }
    this.#underWay.delete(id);
    packUlid(id, PREFIX_LENGTH, this.#key, 0);
    const row = this.#succeeded.findOrAdd(this.#key);
    packUlid(reply, REPLY_PREFIX.length, row, 0);
    row[OUTCOME] = outcome + 1;
  }
}
