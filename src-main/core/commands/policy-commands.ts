import type { CommandReceipt } from '#workflows/contract/base.ts';
import { throwIfRefused } from '#workflows/errors.ts';
import type { ReviewKind } from '#workflows/people/roles.ts';
import { policyHashOf, type PolicyContent } from '#workflows/policy/policy.ts';
import { nodeCrypto } from '../../journal/node-crypto.ts';
import type { Desk } from '../desk.ts';
import { actingRole, confirmPassphrase, type Viewer } from '../viewer.ts';
import { byPerson } from './command.ts';
import { requireVersion, savedVersion, versionRefusal, VERSION_ROLES, versionToSave } from './version-commands.ts';

/** Saves rules; whoever does becomes an author of the version. */
export const revisePolicy = async (
  desk: Desk,
  viewer: Viewer,
  input: { commandId: string; content: PolicyContent },
): Promise<CommandReceipt & { version: number; contentHash: string }> => {
  const contentHash = policyHashOf(input.content, nodeCrypto);
  const receipt = await byPerson(desk, viewer, input.commandId, () => {
    const role = actingRole(desk, viewer, VERSION_ROLES);
    const { versions } = desk.tables.policy.get();
    const newest = versions.at(-1);
    const version = versionToSave(versions);
    if (newest?.contentHash === contentHash) return { drafts: [], subject: 'policy' };
    return {
      drafts: [
        {
          type: 'policy.revised',
          subject: 'policy',
          by: { role },
          data: { version, contentHash, content: input.content },
        },
      ],
      subject: 'policy',
    };
  });
  const newest = desk.tables.policy.get().versions.at(-1);
  return { ...receipt, version: newest?.version ?? 1, contentHash, ...savedVersion(desk, receipt, 'policy.revised') };
};

interface PolicyTarget {
  readonly commandId: string;
  readonly version: number;
  readonly contentHash: string;
}

export const submitPolicy = (
  desk: Desk,
  viewer: Viewer,
  { commandId, version, contentHash }: PolicyTarget,
): Promise<CommandReceipt> =>
  byPerson(desk, viewer, commandId, () => {
    const role = actingRole(desk, viewer, VERSION_ROLES);
    requireVersion(desk.tables.policy.get().versions, version);
    return {
      drafts: [{ type: 'policy.submitted', subject: 'policy', by: { role }, data: { version, contentHash } }],
      subject: 'policy',
    };
  });

interface DecideInput extends PolicyTarget {
  readonly review: ReviewKind;
  readonly passphrase?: string | undefined;
  readonly reason?: string;
}

/** Decides a review of a policy version, by the same rules as on a reply. */
export const decidePolicy = async (
  desk: Desk,
  viewer: Viewer,
  type: 'approve' | 'requestChanges' | 'reject',
  input: DecideInput,
): Promise<CommandReceipt> => {
  const check = (): void => {
    const entry = requireVersion(desk.tables.policy.get().versions, input.version);
    throwIfRefused(versionRefusal(desk, viewer, entry, { type, ...input }));
  };
  if (desk.journal.recordsOfCommand(input.commandId) === null) check();
  await confirmPassphrase(desk, viewer, input.passphrase);
  return byPerson(desk, viewer, input.commandId, () => {
    check();
    const { review, version, contentHash, reason = '' } = input;
    const by = { role: review };
    const data = { review, version, contentHash };
    const reads = [viewer.person] as const;
    switch (type) {
      case 'approve':
        return { drafts: [{ type: 'policy.approved', subject: 'policy', by, data }], reads, subject: 'policy' };
      case 'requestChanges':
        return {
          drafts: [{ type: 'policy.changesRequested', subject: 'policy', by, data: { ...data, reason } }],
          reads,
          subject: 'policy',
        };
      case 'reject':
        return {
          drafts: [{ type: 'policy.rejected', subject: 'policy', by, data: { ...data, reason } }],
          reads,
          subject: 'policy',
        };
    }
  });
};
