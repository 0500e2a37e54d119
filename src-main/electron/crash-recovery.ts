import type { RenderProcessGoneDetails } from 'electron';

/** A second failure within this many milliseconds is not answered by loading again. */
const TOO_SOON = 60_000;

export interface CrashActs {
  readonly reload: () => void;
  readonly tellReloaded: () => void;
  /** Tells that it keeps failing, and ends the program. */
  readonly giveUp: () => void;
}

/**
 * Loads the window again when its process is gone, once: a page that fails at once would fail for ever.
 * @param now in milliseconds
 */
export const crashRecovery = (acts: CrashActs, now: () => number): ((details: RenderProcessGoneDetails) => void) => {
  let reloadedAt = Number.NEGATIVE_INFINITY;
  return ({ reason }) => {
    if (reason === 'clean-exit') return;
    if (now() - reloadedAt < TOO_SOON) {
      acts.giveUp();
      return;
    }
    reloadedAt = now();
    acts.reload();
    acts.tellReloaded();
  };
};
