import fc from 'fast-check';
import type { PublicationEvent } from '#workflows/publication/publication.machine.ts';
import { hashOf, START } from '../cast.ts';
import type { PublicationSubject } from './invariants.ts';

/** What the world does at each turn: whether a request arrives, whether its answer does, who looks, and what they are told. */
export interface Turn {
  readonly isMade: boolean;
  /** The answer is lost, or the program ends before it is recorded. */
  readonly isCutOff: boolean;
  readonly isFinal: boolean;
  readonly asksPerson: boolean;
}

export const turnsArbitrary: fc.Arbitrary<Turn[]> = fc.array(
  fc.record({ isMade: fc.boolean(), isCutOff: fc.boolean(), isFinal: fc.boolean(), asksPerson: fc.boolean() }),
  { minLength: 1, maxLength: 20 },
);

/**
 * How many posts the public sees when a program that does all it is allowed to do drives a publication on a channel.
 * @param key the key under which the channel makes at most one post; without one, a look at the channel right after a
 *   request may miss what it made
 */
export const postsMade = (subject: PublicationSubject, key: string | null, turns: readonly Turn[]): number => {
  let state = subject.begin();
  let posts = 0;
  const take = (event: PublicationEvent): boolean => {
    const next = subject.step(state, event);
    if (next) state = next;
    return next !== null;
  };
  for (const { isMade, isCutOff, isFinal, asksPerson } of turns) {
    const attempt = state.context.attempts + 1;
    if (take({ type: 'attempt', attempt, payloadHash: hashOf(1), key, at: START })) {
      // Under a key the channel makes the post once, however often it is asked.
      if (isMade && (key === null || posts === 0)) posts += 1;
      const isThere = isMade || (key !== null && posts > 0);
      if (isCutOff) take({ type: 'loseTrack', at: START });
      else if (isThere) take({ type: 'succeed', at: START });
      else take({ type: 'fail', isFinal, wasLookedUp: false, retryAt: null, at: START });
    } else if (asksPerson) {
      take({ type: 'confirm', isThere: posts > 0, at: START });
    } else if (key !== null && posts > 0) {
      take({ type: 'succeed', at: START });
    } else {
      take({ type: 'fail', isFinal, wasLookedUp: true, retryAt: null, at: START });
    }
  }
  return posts;
};
