import type { Preferences } from '#workflows/contract/preferences.contract.ts';

export type { Preferences };

/** As the contract's own defaults, without its schemas in the first load. */
export const DEFAULT_PREFERENCES: Preferences = {
  theme: 'system',
  queueWidth: 300,
  contextWidth: 340,
  idleLockMinutes: null,
  locale: 'system',
};
