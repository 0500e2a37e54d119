import type { ChannelKind, ChannelLimits, Measure, PreviewSegment, Receipt } from '#workflows/channel/channel.ts';
import type { Post } from '#workflows/content/content.ts';
import type { JsonObject } from '#workflows/journal/canonical.ts';
import type { Time } from '#workflows/time.ts';
import type { FailureCause } from '#workflows/publication/publication.records.ts';

/** A picture of a captured post, with its bytes as they were public. */
export interface CapturedPicture {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly alt: string;
}

/** A customer's public post as the channel showed it. */
export interface CapturedPost {
  readonly post: Post;
  /** Posts above it, the oldest first. */
  readonly thread: readonly Post[];
  readonly pictures: readonly CapturedPicture[];
  /** What an answer to it must name, in the channel's own terms. */
  readonly target: JsonObject;
}

/** A post as a person typed it in. */
export interface TypedPost {
  readonly handle: string;
  readonly text: string;
  readonly at: Time;
  readonly language: string | null;
}

/** Exactly what the channel would be sent for a text, and how it would show it. */
export interface Rendering {
  /** Without members that only sending can know. */
  readonly payload: JsonObject;
  readonly segments: readonly PreviewSegment[];
}

export interface RenderRequest {
  readonly text: string;
  /** BCP 47 tag. */
  readonly language: string;
  /** From {@link CapturedPost.target}. */
  readonly target: JsonObject;
  /** The published reply that the text corrects; `null` for a reply. */
  readonly corrects: Receipt | null;
}

/** What is public under a receipt now. */
export interface PublicPost {
  /** In the form of the payload that was sent, with every member. */
  readonly payload: JsonObject;
  readonly text: string;
}

/**
 * A channel's answer that is no post. `outcome` decides what may happen next: only `nothingMade`, which the channel said or
 * which is certain because no connection came about, permits to send again.
 */
export class ChannelError extends Error {
  override name = 'ChannelError';
  readonly failure: FailureCause;
  readonly outcome: 'nothingMade' | 'unknown';
  /** Trying again without a change by a person would not help. */
  readonly isFinal: boolean;
  /** The channel asked to wait so long, in milliseconds. */
  readonly retryAfter: number | null;

  constructor(
    failure: FailureCause,
    details: {
      outcome: 'nothingMade' | 'unknown';
      isFinal?: boolean;
      retryAfter?: number | null;
      cause?: unknown;
      message?: string;
    },
  ) {
    super(details.message ?? failure, details.cause === undefined ? undefined : { cause: details.cause });
    this.failure = failure;
    this.outcome = details.outcome;
    this.isFinal = details.isFinal ?? false;
    this.retryAfter = details.retryAfter ?? null;
  }
}

/** Why an address cannot be captured, as a key of the catalogue (`refusal.<reason>`). */
export type CaptureProblem =
  'postNotFound' | 'postPrivate' | 'addressNotUnderstood' | 'channelUnreachable' | 'signInRefused';

export class CaptureError extends Error {
  override name = 'CaptureError';
  readonly problem: CaptureProblem;

  constructor(problem: CaptureProblem, options?: { cause?: unknown }) {
    super(problem, options);
    this.problem = problem;
  }
}

/**
 * One account on one channel. It knows nothing of workflows: it measures, renders, sends what it is told to send, and
 * reads what is public. Every method may be called at any time; those that use the network time out by themselves.
 */
export interface ChannelAdapter {
  readonly kind: ChannelKind;
  readonly limits: ChannelLimits;
  /** Where an author's id means the same person: customers are told apart within it. */
  readonly network: string;

  /** Length by the channel's own rules. Pure and quick. */
  measure(text: string): Measure;
  /** @throws ChannelError when a mention cannot be resolved because the channel is out of reach */
  render(request: RenderRequest): Promise<Rendering>;
  /** How the channel shows a payload. Pure. */
  show(payload: JsonObject): PreviewSegment[];
  /** The complete payload: adds the members that only sending can know. Pure. */
  complete(payload: JsonObject, now: Date): JsonObject;
  /** A key, fixed before the first attempt, under which the channel makes at most one post; `null` if it has no such thing. */
  newKey(now: Date): string | null;

  /** Sends exactly this. @throws ChannelError */
  publish(payload: JsonObject, key: string | null): Promise<Receipt>;
  /** Looks whether it was made; `null` when it is certainly not there. @throws ChannelError when it cannot tell */
  find(payload: JsonObject, key: string | null): Promise<Receipt | null>;
  /** What is public; `null` when nothing is any more. @throws ChannelError when it cannot tell */
  read(receipt: Receipt): Promise<PublicPost | null>;
  /** Takes it down; done already is done. @throws ChannelError */
  remove(receipt: Receipt): Promise<void>;

  /** Whether an address looks like one of this network. Pure. */
  recognises(address: string): boolean;
  /** Reads a post, the thread above it and its pictures. @throws CaptureError */
  capture(address: string): Promise<CapturedPost>;
  /**
   * Takes in a post that a person typed in, where the channel has such a thing: the practice network puts it among its
   * own. Absent where a post must be read from the channel to be answered.
   */
  takeIn?(post: TypedPost): CapturedPost;
  /**
   * Removes what the workspace itself keeps for this channel of people who were erased, and of posts of ours to them; durable
   * when it returns, and harmless twice. Absent where the channel keeps nothing here.
   */
  erase?(what: { readonly authors: readonly string[]; readonly posts: readonly string[] }): void;
  /** Addresses of what an author has answered below a post of ours, the oldest first. @throws ChannelError */
  answersTo(receipt: Receipt, author: string): Promise<string[]>;
}
