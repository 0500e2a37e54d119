import type { FaultyChannel } from '../publishing/faulty-channel.ts';
import type { TestDesk } from '../core/desk.fixture.ts';
import type { Who } from '../core/roster.ts';

/** Where a case stands when it makes its input. */
export interface Place {
  readonly desk: TestDesk;
  readonly channel: FaultyChannel;
  /** The session from which the procedure will be called. */
  readonly sessionId: string;
}

export type Access =
  /** Whoever reaches the host, signed in or not. */
  | 'anybody'
  /** Whoever is signed in. */
  | 'everybody'
  | {
      /** Somebody who is signed in and may not. */
      readonly not: Who;
      readonly reason: string;
      /** Names of those who can, as the refusal gives them. */
      readonly who: readonly string[];
    };

/** How one procedure of the contract is called rightly. */
export interface ProcedureCase {
  /** Somebody who may; `null` at a window where nobody is signed in. */
  readonly by: Who | null;
  readonly access: Access;
  /** Makes the desk ready for the call; returns its input, of which nothing was used before. */
  readonly input?: (place: Place) => unknown;
  /** Puts back what the call took from the other cases. */
  readonly after?: (place: Place) => Promise<void>;
}

/** Names of those in each role of the tests' desk, in the order in which a refusal gives them. */
export const NAMES = {
  admins: ['Abe', 'Ada'],
  editors: ['Agnes', 'Ben', 'Carl', 'Cleo', 'Kay', 'Lena', 'Leo'],
  releasers: ['Pat', 'Agnes', 'Ben', 'Carl', 'Cleo', 'Kay'],
  legal: ['Kay', 'Lena', 'Leo'],
  reviewers: ['Carl', 'Cleo', 'Kay', 'Lena', 'Leo'],
} as const;

/** An access that is refused for want of a role. */
export const refusedTo = (not: Who, who: readonly string[], reason = 'roleMayNot'): Access => ({ not, reason, who });
