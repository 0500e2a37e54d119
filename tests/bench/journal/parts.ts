import { measureDecisions } from './decisions.ts';
import { generateJournal } from './generate-journal.ts';
import { measureMemory } from './memory.ts';
import { measureOpening } from './opening.ts';
import { measurePreallocation } from './preallocation.ts';
import { measureSqlite } from './sqlite.ts';
import { measureFullVerification, measureVerification } from './verification.ts';
import { measureWorkflowEngine } from './workflow-engine.ts';

/** What runs in a process of its own, by its name, so that no part has another's memory or warmth. */
export const PARTS = {
  generate: generateJournal,
  decisions: measureDecisions,
  workflowEngine: measureWorkflowEngine,
  sqlite: measureSqlite,
  preallocation: measurePreallocation,
  opening: measureOpening,
  memory: measureMemory,
  verification: measureVerification,
  fullVerification: measureFullVerification,
} as const;

export type PartName = keyof typeof PARTS;
export type PartInput<Name extends PartName> = Parameters<(typeof PARTS)[Name]>[0];
export type PartOutput<Name extends PartName> = Awaited<ReturnType<(typeof PARTS)[Name]>>;

/** What a part's process answers with. */
export type PartAnswer<Name extends PartName> =
  { readonly ok: true; readonly value: PartOutput<Name> } | { readonly ok: false; readonly message: string };
