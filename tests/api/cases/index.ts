import type { ProcedureCase } from '../procedure-case.ts';
import { CHANNEL_CASES } from './channel-cases.ts';
import { DESK_CASES } from './desk-cases.ts';
import { ERASURE_CASES } from './erasure-cases.ts';
import { MENTION_CASES } from './mention-cases.ts';
import { PEOPLE_CASES } from './people-cases.ts';
import { REPLY_CASES } from './reply-cases.ts';
import { SESSION_CASES } from './session-cases.ts';
import { VERSION_CASES } from './version-cases.ts';
import { WORKSPACE_CASES } from './workspace-cases.ts';

/** How each procedure of the contract is called rightly; the suite fails for one that has no case. */
export const CASES: Readonly<Record<string, ProcedureCase>> = {
  ...WORKSPACE_CASES,
  ...SESSION_CASES,
  ...DESK_CASES,
  ...PEOPLE_CASES,
  ...CHANNEL_CASES,
  ...MENTION_CASES,
  ...REPLY_CASES,
  ...VERSION_CASES,
  ...ERASURE_CASES,
};

/** @throws Error for a procedure that has none */
export const caseOf = (name: string): ProcedureCase => {
  const known = CASES[name];
  if (!known) throw new Error(`${name} has no case: write one in tests/api/cases`);
  return known;
};
