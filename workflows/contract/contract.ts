import type { ContractRouterClient } from '@orpc/contract';
import { channelContract } from './channel.contract.ts';
import { deskContract } from './desk.contract.ts';
import { historyContract } from './history.contract.ts';
import { erasureContract } from './erasure.contract.ts';
import { journalContract } from './journal.contract.ts';
import { mentionContract } from './mention.contract.ts';
import { peopleContract } from './people.contract.ts';
import { policyContract } from './policy.contract.ts';
import { practiceContract } from './practice.contract.ts';
import { preferencesContract } from './preferences.contract.ts';
import { publishingContract } from './publishing.contract.ts';
import { replyContract } from './reply.contract.ts';
import { sessionContract } from './session.contract.ts';
import { templateContract } from './template.contract.ts';
import { timestampsContract } from './timestamps.contract.ts';
import { workspaceContract } from './workspace.contract.ts';

/** Everything that a screen, a script or another program may ask of the core. */
export const contract = {
  workspace: workspaceContract,
  session: sessionContract,
  desk: deskContract,
  people: peopleContract,
  channel: channelContract,
  mention: mentionContract,
  reply: replyContract,
  template: templateContract,
  policy: policyContract,
  publishing: publishingContract,
  erasure: erasureContract,
  journal: journalContract,
  timestamps: timestampsContract,
  history: historyContract,
  practice: practiceContract,
  preferences: preferencesContract,
};

export type Contract = typeof contract;

/** The contract as a client calls it, over whichever transport. */
export type DeskClient = ContractRouterClient<Contract>;
