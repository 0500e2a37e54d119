import type * as bluesky from './bluesky/bluesky-channel.ts';

type BlueskyModule = typeof bluesky;

let loaded: BlueskyModule | null = null;

/** Loads what speaks to Bluesky, which takes half a second: only a desk that has such a channel waits for it, once. */
export const loadBluesky = async (): Promise<BlueskyModule> =>
  (loaded ??= await import('./bluesky/bluesky-channel.ts'));

/** @throws Error before {@link loadBluesky} has been waited for: a bug */
export const blueskyModule = (): BlueskyModule => {
  if (!loaded) throw new Error('a Bluesky channel is used before its module was loaded');
  return loaded;
};
