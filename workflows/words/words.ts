import { CHANNELS_WORDS } from './channels.ts';
import { ERASURE_WORDS } from './erasure.ts';
import { PRACTICE_WORDS } from './practice.ts';
import { PREFERENCES_WORDS } from './preferences.ts';
import { PEOPLE_WORDS } from './people.ts';
import { POLICY_WORDS } from './policy.ts';
import { EXPORT_WORDS } from './export.ts';
import { HISTORY_WORDS } from './history.ts';
import { LOG_WORDS } from './log.ts';
import { PROOF_PAGE_WORDS } from './proof-page.ts';
import { QUEUE_WORDS } from './queue.ts';
import { REFUSAL_WORDS } from './refusals.ts';
import { REPLY_WORDS } from './reply.ts';
import { SHELL_WORDS } from './shell.ts';
import { START_WORDS } from './start.ts';
import { STORY_WORDS } from './story.ts';
import { TEMPLATE_WORDS } from './templates.ts';
import { TIMESTAMPS_WORDS } from './timestamps.ts';
import { WITNESS_WORDS } from './witness.ts';

/** Every sentence of the program, as ICU messages in English, by key. The one catalogue: screens, refusals, exports. */
export const WORDS = {
  ...REFUSAL_WORDS,
  ...STORY_WORDS,
  ...PROOF_PAGE_WORDS,
  ...SHELL_WORDS,
  ...START_WORDS,
  ...QUEUE_WORDS,
  ...REPLY_WORDS,
  ...TEMPLATE_WORDS,
  ...CHANNELS_WORDS,
  ...PRACTICE_WORDS,
  ...PREFERENCES_WORDS,
  ...PEOPLE_WORDS,
  ...POLICY_WORDS,
  ...LOG_WORDS,
  ...EXPORT_WORDS,
  ...HISTORY_WORDS,
  ...TIMESTAMPS_WORDS,
  ...WITNESS_WORDS,
  ...ERASURE_WORDS,
} as const;

export type WordKey = keyof typeof WORDS;
