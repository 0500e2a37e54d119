import { z } from 'zod';
import { procedure, query } from './base.ts';

export const preferencesSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  /** Pane widths in CSS pixels. */
  queueWidth: z.int().min(220).max(480),
  contextWidth: z.int().min(260).max(560),
  /** May be shorter than the policy's, never longer; `null` follows the policy. */
  idleLockMinutes: z.int().min(1).max(480).nullable(),
  locale: z.enum(['system', 'en-GB', 'en-US', 'de-DE', 'fr-FR']),
});
export type Preferences = z.infer<typeof preferencesSchema>;

export const DEFAULT_PREFERENCES: Preferences = {
  theme: 'system',
  queueWidth: 300,
  contextWidth: 340,
  idleLockMinutes: null,
  locale: 'system',
};

/** What belongs to this machine and this person; never in the journal. */
export const preferencesContract = {
  get: query.output(preferencesSchema),
  set: procedure.input(preferencesSchema.partial()).output(preferencesSchema),
};
