import type { ReplyId } from '#workflows/identifiers.ts';

/** The part of a reply's id that stands in an address. */
export const bareId = (id: ReplyId): string => id.slice('reply/'.length);

/** What the desk's address may carry beside its path. */
export interface DeskSearch {
  readonly search?: string;
  readonly sort?: 'due' | 'newest';
  readonly view?: 'work' | 'story';
}

/** Which channel, and on the practice network which post, is open. */
export interface PlaceSearch {
  readonly channel?: string;
  readonly post?: string;
}
