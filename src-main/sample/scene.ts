import type { Calendar, Moment } from './calendar.ts';
import type { CastName } from './cast.ts';
import type { ChannelName } from './channels.ts';
import type { TemplateName } from './templates/index.ts';

/** A text as its author makes it: typed, or from the newest approved version of a template, filled and perhaps changed. */
export type Wording =
  | string
  | {
      readonly template: TemplateName;
      readonly slots: Readonly<Record<string, string>>;
      /** Passages outside the slots that the author replaced. */
      readonly changes?: readonly (readonly [from: string, to: string])[];
    };

/** What somebody at the desk does with a reply. */
export type DeskAct =
  | { readonly do: 'capture' }
  | { readonly do: 'claim' | 'release' | 'close' }
  | { readonly do: 'takeDown' }
  | { readonly do: 'handOver'; readonly to: CastName }
  | { readonly do: 'monitor'; readonly hours: number; readonly reason: string }
  | { readonly do: 'dismiss' | 'handlePrivately'; readonly reason: string }
  | { readonly do: 'merge'; readonly into: string; readonly reason: string }
  /** A working copy, saved by itself. */
  | { readonly do: 'draft'; readonly text: Wording; readonly note?: string }
  | { readonly do: 'revise' | 'correct'; readonly text: Wording }
  | { readonly do: 'submit'; readonly note?: string }
  | { readonly do: 'approve'; readonly comment?: string }
  | { readonly do: 'requestChanges' | 'reject' | 'recall' | 'withdraw' | 'hold'; readonly reason: string }
  | { readonly do: 'schedule'; readonly minutesAhead: number }
  /** Fetches the customer's answer; the reply that it opens goes by this name. */
  | { readonly do: 'fetchAnswers'; readonly opens: string };

/** What happens on the network, outside the desk. */
export type OutsideAct =
  | { readonly do: 'answer'; readonly text: string }
  | { readonly do: 'deletePost' }
  /** The network's own moderation, set so that it changes or removes our post the moment it appears. */
  | { readonly do: 'moderate'; readonly edit: readonly [from: string, to: string] | null };

type When = number | Moment;

/** Minutes after the customer's post, or a moment; who; what. */
export type DeskStep = readonly [when: When, who: CastName, act: DeskAct];
export type OutsideStep = readonly [when: When, who: 'customer' | 'network', act: OutsideAct];
export type Step = DeskStep | OutsideStep;

export const isOutside = (step: Step): step is OutsideStep => step[1] === 'customer' || step[1] === 'network';

/** One reply's story: the post that it answers, and what happened. */
export interface Scene {
  readonly name: string;
  readonly channel: ChannelName;
  /** The customer's handle, without @. */
  readonly handle: string;
  /** BCP 47 tag, of the post and of the answer. */
  readonly language: string;
  readonly posted: Moment;
  /** Posts above it, the oldest first, with the minutes by which each comes before the customer's. */
  readonly thread?: readonly { readonly minutesBefore: number; readonly handle: string; readonly text: string }[];
  readonly post: string;
  readonly steps: readonly Step[];
  /** Where the reply stands in the end: path in the machine's main region. */
  readonly ends: string;
  /** The newest text has a finding that forbids submitting it. */
  readonly isBlocked?: true;
}

/** Scenes speak of days around the present. */
export type SceneMaker = (calendar: Calendar) => readonly Scene[];
