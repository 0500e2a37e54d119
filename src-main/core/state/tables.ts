import type { ChannelKind, Receipt, ServicePromise } from '#workflows/channel/channel.ts';
import type { ChannelSettings } from '#workflows/channel/channel.records.ts';
import type { ErasureGround } from '#workflows/erasure/erasure.records.ts';
import type { ErasureState } from '#workflows/erasure/erasure.replay.ts';
import type {
  ChannelId,
  ContentHash,
  CustomerId,
  HoldId,
  MentionId,
  PersonId,
  PublicationId,
  ReplyId,
  TemplateId,
} from '#workflows/identifiers.ts';
import type { ReviewKind, Role } from '#workflows/people/roles.ts';
import type { PolicyContent } from '#workflows/policy/policy.ts';
import type { PublicationState } from '#workflows/publication/publication.replay.ts';
import type { FailureCause } from '#workflows/publication/publication.records.ts';
import type { PauseState } from '#workflows/publishing/pause.replay.ts';
import type { Operation } from '#workflows/reply/reply.events.ts';
import type { TemplatePin } from '#workflows/reply/reply.records.ts';
import type { ReplyState } from '#workflows/reply/reply.replay.ts';
import type { Deviation } from '#workflows/template/deviation.ts';
import type { TemplateContent } from '#workflows/template/template.ts';
import type { Time } from '#workflows/time.ts';
import type { VersionState } from '#workflows/approval/version.replay.ts';

/**
 * What the core keeps in memory, derived from the journal alone. Entries are never changed, only replaced; they hold no
 * customer's words, only the places of the records that do.
 */

export interface WorkspaceEntry {
  readonly ulid: string;
  readonly name: string;
  readonly isSample: boolean;
  readonly createdAt: Time;
}

/** A person's key, from its registration to its end. */
export interface PersonKeyEntry {
  readonly id: string;
  readonly registeredAt: Time;
  readonly registeredBy: PersonId;
  /** From when on it counts; a key that replaces an earlier one waits for a second person. */
  readonly validFrom: Time | null;
  readonly confirmedBy: PersonId | null;
  readonly endedAt: Time | null;
  readonly cause: 'lost' | 'replaced' | 'left' | 'removed' | null;
}

export interface PersonEntry {
  readonly id: PersonId;
  readonly version: number;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly isRemoved: boolean;
  readonly addedAt: Time;
  readonly removedAt: Time | null;
  /** The oldest first. */
  readonly keys: readonly PersonKeyEntry[];
}

export interface ChannelEntry {
  readonly id: ChannelId;
  readonly version: number;
  readonly kind: ChannelKind;
  readonly name: string;
  readonly account: string;
  readonly handle: string;
  readonly promise: ServicePromise;
  readonly settings: ChannelSettings;
  readonly isRemoved: boolean;
}

export interface MentionEntry {
  readonly id: MentionId;
  readonly seq: number;
  readonly at: Time;
  readonly channel: ChannelId;
  readonly customer: CustomerId;
  readonly captureHash: string;
  readonly answers: ReplyId | null;
}

export interface RevisionEntry {
  readonly revision: number;
  /** The `reply.revised` that holds it. */
  readonly seq: number;
  readonly by: PersonId;
  readonly at: Time;
  readonly contentHash: ContentHash;
  readonly operation: Operation;
  readonly template: TemplatePin | null;
  readonly deviation: Deviation | null;
}

export interface ReplyEntry {
  readonly id: ReplyId;
  /** Records on the reply itself. */
  readonly version: number;
  readonly openedSeq: number;
  readonly openedAt: Time;
  readonly mention: MentionId;
  readonly channel: ChannelId;
  readonly customer: CustomerId;
  readonly language: string | null;
  readonly postedAt: Time;
  readonly acknowledgeBy: Time;
  readonly dueAt: Time;
  readonly follows: ReplyId | null;
  readonly followedBy: readonly ReplyId[];
  readonly state: ReplyState;
  readonly revisions: readonly RevisionEntry[];
  readonly submission: {
    readonly seq: number;
    readonly at: Time;
    readonly by: PersonId;
    readonly revision: number;
  } | null;
  readonly approvals: Partial<Record<ReviewKind, { readonly seq: number; readonly at: Time; readonly by: PersonId }>>;
  readonly returned: {
    readonly seq: number;
    readonly at: Time;
    readonly by: PersonId;
    readonly review: ReviewKind;
    readonly revision: number;
    readonly wasRejected: boolean;
  } | null;
  /** The newest release or schedule. */
  readonly releasedSeq: number | null;
  readonly monitorUntil: Time | null;
  readonly changedAt: Time;
  readonly changedSeq: number;
}

export interface PublicationEntry {
  readonly id: PublicationId;
  readonly version: number;
  readonly reply: ReplyId;
  readonly channel: ChannelId;
  readonly operation: Operation;
  readonly state: PublicationState;
  /** The first `publication.attempted`, which holds the payload. */
  readonly payloadSeq: number;
  /** The newest `publication.attempted`. */
  readonly attemptSeq: number;
  readonly cause: FailureCause | null;
  readonly receipt: Receipt | null;
  readonly succeededSeq: number | null;
  readonly observation: {
    readonly seq: number;
    readonly at: Time;
    readonly outcome: 'same' | 'drifted' | 'gone';
  } | null;
}

export interface VersionEntry<Content> {
  readonly version: number;
  readonly content: Content;
  readonly contentHash: ContentHash;
  readonly state: VersionState;
  readonly revisedAt: Time;
  readonly submittedAt: Time | null;
  readonly approvedAt: Time | null;
  readonly lastReason: { readonly by: PersonId; readonly at: Time; readonly text: string } | null;
}

export interface TemplateEntry {
  readonly id: TemplateId;
  readonly count: number;
  readonly versions: readonly VersionEntry<TemplateContent>[];
  readonly changedAt: Time;
}

export interface PolicyEntry {
  readonly count: number;
  readonly versions: readonly VersionEntry<PolicyContent>[];
}

export interface PauseEntry {
  readonly state: PauseState;
  /** The newest `publishing.paused`. */
  readonly pausedSeq: number | null;
  /** When it was last lifted. */
  readonly resumedAt: Time | null;
}

export interface HoldEntry {
  readonly id: HoldId;
  readonly seq: number;
  readonly replies: readonly ReplyId[];
  readonly isLifted: boolean;
}

/** A person's signed act, by its record. */
export interface SignedBy {
  readonly seq: number;
  readonly at: Time;
  readonly by: PersonId;
}

/** What was said about erasing a customer. */
export interface ErasureEntry {
  readonly customer: CustomerId;
  /** Records on the customer. */
  readonly version: number;
  readonly state: ErasureState;
  readonly proposed: (SignedBy & { readonly ground: ErasureGround }) | null;
  /** The newest word, when it was a no. */
  readonly declined: SignedBy | null;
  readonly confirmed: SignedBy | null;
  /** Every `subject.erased`, which list the files that may be absent. */
  readonly erasedSeqs: readonly number[];
}

/** A map, or a map with changes on top that may never be made. */
export interface Table<Key, Value> {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): void;
}

/** One value, or one with a change on top. */
export interface Cell<Value> {
  get(): Value;
  set(value: Value): void;
}

export interface Tables {
  readonly workspace: Cell<WorkspaceEntry | null>;
  readonly people: Table<PersonId, PersonEntry>;
  readonly channels: Table<ChannelId, ChannelEntry>;
  readonly mentions: Table<MentionId, MentionEntry>;
  readonly replies: Table<ReplyId, ReplyEntry>;
  readonly publications: Table<PublicationId, PublicationEntry>;
  readonly templates: Table<TemplateId, TemplateEntry>;
  readonly policy: Cell<PolicyEntry>;
  readonly pause: Cell<PauseEntry>;
  readonly holds: Table<HoldId, HoldEntry>;
  readonly erasures: Table<CustomerId, ErasureEntry>;
  /** Whose key a `kid` is. */
  readonly keyOwners: Table<string, CustomerId>;
  /** A leap of the clock that nobody has confirmed. */
  readonly clockJump: Cell<{ readonly from: Time; readonly to: Time } | null>;
  readonly lastVerification: Cell<{ readonly at: Time; readonly ok: boolean; readonly size: number } | null>;
}

class LayeredTable<Key, Value> implements Table<Key, Value> {
  readonly #base: Table<Key, Value>;
  readonly #changes = new Map<Key, Value>();

  constructor(base: Table<Key, Value>) {
    this.#base = base;
  }

  get(key: Key): Value | undefined {
    return this.#changes.get(key) ?? this.#base.get(key);
  }

  set(key: Key, value: Value): void {
    this.#changes.set(key, value);
  }
}

class LayeredCell<Value> implements Cell<Value> {
  readonly #base: Cell<Value>;
  #change: { readonly value: Value } | null = null;

  constructor(base: Cell<Value>) {
    this.#base = base;
  }

  get(): Value {
    return this.#change ? this.#change.value : this.#base.get();
  }

  set(value: Value): void {
    this.#change = { value };
  }
}

/** Tables on top of others, to try records on without changing anything. */
export const layerOn = (base: Tables): Tables => ({
  workspace: new LayeredCell(base.workspace),
  people: new LayeredTable(base.people),
  channels: new LayeredTable(base.channels),
  mentions: new LayeredTable(base.mentions),
  replies: new LayeredTable(base.replies),
  publications: new LayeredTable(base.publications),
  templates: new LayeredTable(base.templates),
  policy: new LayeredCell(base.policy),
  pause: new LayeredCell(base.pause),
  holds: new LayeredTable(base.holds),
  erasures: new LayeredTable(base.erasures),
  keyOwners: new LayeredTable(base.keyOwners),
  clockJump: new LayeredCell(base.clockJump),
  lastVerification: new LayeredCell(base.lastVerification),
});
