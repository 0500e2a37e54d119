import { isContractProcedure } from '@orpc/contract';
import type { z } from 'zod';
import { contract } from '#workflows/contract/contract.ts';
import type { DeskClient } from '#workflows/contract/contract.ts';

export interface ContractProcedure {
  /** `reply.approve` */
  readonly name: string;
  readonly input: z.ZodType | null;
}

const proceduresBelow = (node: unknown, path: readonly string[]): ContractProcedure[] => {
  if (isContractProcedure(node)) {
    return [{ name: path.join('.'), input: (node['~orpc'].inputSchema as z.ZodType | undefined) ?? null }];
  }
  return Object.entries(node as object).flatMap(([name, inner]) => proceduresBelow(inner, [...path, name]));
};

/** Every procedure, from the contract itself: one that is added is covered by whatever walks this list. */
export const PROCEDURES = proceduresBelow(contract, []);

type Call = (input?: unknown) => Promise<unknown>;

/** Calls a procedure by its name. Hostile on purpose: the input is whatever the test says. */
export const callByName = (client: DeskClient, name: string, input?: unknown): Promise<unknown> => {
  const call = name.split('.').reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], client);
  return (call as Call)(input);
};

/** Everything that only reads. */
export const READS = new Set([
  'workspace.status',
  'session.current',
  'desk.overview',
  'desk.changes',
  'people.list',
  'channel.list',
  'mention.picture',
  'reply.list',
  'reply.get',
  'reply.story',
  'reply.getDraft',
  'reply.preview',
  'template.list',
  'template.usable',
  'template.get',
  'policy.get',
  'publishing.status',
  'erasure.get',
  'journal.log',
  'journal.record',
  'journal.checkpoint',
  'journal.suggestExport',
  'journal.consistency',
  'timestamps.get',
  'history.moment',
  'history.momentAt',
  'history.reply',
  'history.versions',
  'history.queue',
  'history.policy',
  'practice.threads',
  'preferences.get',
]);

/** What belongs to a person's own session, screen and machine, and to no one else. */
export const OWN = new Set([
  'workspace.create',
  'workspace.open',
  'workspace.openSample',
  'workspace.stopOpening',
  'workspace.unlock',
  'workspace.close',
  'workspace.chooseFolder',
  'workspace.newLaunchAddress',
  'session.signIn',
  'session.signOut',
  'session.lock',
  'session.unlock',
  'session.touch',
  'session.changePassphrase',
  'session.acceptInvitation',
  'preferences.set',
  'timestamps.stampNow',
  'reply.markSeen',
  'reply.discardDraft',
]);

/** What records that somebody has checked or exported, and may be done by anybody. */
export const AUDITS = new Set([
  'journal.verify',
  'journal.exportStory',
  'journal.exportRecord',
  'journal.exportFolder',
]);

/** Every other procedure changes something; a new one is among them until it is named above. */
export const CHANGES = PROCEDURES.filter(({ name }) => !READS.has(name) && !OWN.has(name) && !AUDITS.has(name));

/** Needs nobody to be signed in. */
export const OPEN_TO_ALL = new Set([
  'workspace.status',
  'workspace.stopOpening',
  'workspace.unlock',
  'workspace.chooseFolder',
  'workspace.newLaunchAddress',
  'session.current',
  'session.signIn',
  'session.signOut',
  'session.lock',
  'session.touch',
  'session.acceptInvitation',
  'preferences.get',
  'preferences.set',
  'desk.changes',
]);
