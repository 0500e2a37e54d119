import type { WordKey } from '#workflows/words/words.ts';
import type { IconName } from '../design/icon.tsx';

export interface Place {
  readonly to: '/' | '/templates' | '/log' | '/people' | '/channels' | '/policy' | '/practice' | '/preferences';
  readonly word: WordKey;
  readonly icon: IconName;
}

/** Every place of the program, in the order in which the menu names them. */
export const PLACES: readonly Place[] = [
  { to: '/', word: 'place.desk', icon: 'inbox' },
  { to: '/templates', word: 'place.templates', icon: 'template' },
  { to: '/log', word: 'place.log', icon: 'shield' },
  { to: '/people', word: 'place.people', icon: 'people' },
  { to: '/channels', word: 'place.channels', icon: 'globe' },
  { to: '/policy', word: 'place.policy', icon: 'fork' },
  { to: '/practice', word: 'place.practice', icon: 'chat' },
  { to: '/preferences', word: 'place.preferences', icon: 'swap' },
];
