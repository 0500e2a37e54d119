import type { CommandReceipt } from '#workflows/contract/base.ts';
import { refuse, RefusalError, throwIfRefused } from '#workflows/errors.ts';
import type { ReplyId, TemplateId } from '#workflows/identifiers.ts';
import type { ReviewKind } from '#workflows/people/roles.ts';
import { templateHashOf, type TemplateContent } from '#workflows/template/template.ts';
import { nodeCrypto } from '../../journal/node-crypto.ts';
import type { Desk } from '../desk.ts';
import type { TemplateEntry } from '../state/tables.ts';
import { replyIdsUsing } from '../templates.ts';
import { actingRole, confirmPassphrase, type Viewer } from '../viewer.ts';
import { byPerson } from './command.ts';
import { requireVersion, savedVersion, versionRefusal, VERSION_ROLES, versionToSave } from './version-commands.ts';

export const requireTemplate = (desk: Pick<Desk, 'tables'>, id: TemplateId): TemplateEntry => {
  const entry = desk.tables.templates.get(id);
  if (!entry) throw new RefusalError(refuse('NOT_FOUND', 'templateNotFound'));
  return entry;
};

/** Saves wording; whoever does becomes an author of the version. Without a change nothing is recorded. */
export const reviseTemplate = async (
  desk: Desk,
  viewer: Viewer,
  input: { commandId: string; template: TemplateId | null; content: TemplateContent },
): Promise<CommandReceipt & { version: number }> => {
  const contentHash = templateHashOf(input.content, nodeCrypto);
  const fresh = desk.newId('template');
  const receipt = await byPerson(desk, viewer, input.commandId, () => {
    const role = actingRole(desk, viewer, VERSION_ROLES);
    const id = input.template ?? fresh;
    const versions = input.template ? requireTemplate(desk, input.template).versions : [];
    const newest = versions.at(-1);
    const version = versionToSave(versions);
    if (newest?.contentHash === contentHash) return { drafts: [], subject: id };
    return {
      drafts: [
        { type: 'template.revised', subject: id, by: { role }, data: { version, contentHash, content: input.content } },
      ],
      subject: id,
    };
  });
  const saved = savedVersion(desk, receipt, 'template.revised');
  return { ...receipt, version: saved?.version ?? newestVersion(desk, receipt) };
};

/** For wording that was there already: nothing was recorded. */
const newestVersion = (desk: Desk, { subject }: CommandReceipt): number =>
  desk.tables.templates.get(subject as TemplateId)?.versions.at(-1)?.version ?? 1;

interface VersionTarget {
  readonly commandId: string;
  readonly template: TemplateId;
  readonly version: number;
  readonly passphrase?: string | undefined;
}

export const submitTemplate = (
  desk: Desk,
  viewer: Viewer,
  input: VersionTarget & { contentHash: string },
): Promise<CommandReceipt> =>
  byPerson(desk, viewer, input.commandId, () => {
    const role = actingRole(desk, viewer, VERSION_ROLES);
    const { id, versions } = requireTemplate(desk, input.template);
    const { version } = requireVersion(versions, input.version);
    return {
      drafts: [
        { type: 'template.submitted', subject: id, by: { role }, data: { version, contentHash: input.contentHash } },
      ],
      subject: id,
    };
  });

interface DecideInput extends VersionTarget {
  readonly review: ReviewKind;
  readonly contentHash: string;
  readonly reason?: string;
}

const decide = async (
  desk: Desk,
  viewer: Viewer,
  type: 'approve' | 'requestChanges' | 'reject',
  input: DecideInput,
): Promise<CommandReceipt> => {
  const check = () => {
    const entry = requireTemplate(desk, input.template);
    throwIfRefused(versionRefusal(desk, viewer, requireVersion(entry.versions, input.version), { type, ...input }));
    return entry;
  };
  if (desk.journal.recordsOfCommand(input.commandId) === null) check();
  await confirmPassphrase(desk, viewer, input.passphrase);
  return byPerson(desk, viewer, input.commandId, () => {
    const { id } = check();
    const { review, version, contentHash } = input;
    const by = { role: review };
    const data = { review, version, contentHash };
    const reason = input.reason ?? '';
    const reads = ['policy', viewer.person] as const;
    switch (type) {
      case 'approve':
        return { drafts: [{ type: 'template.approved', subject: id, by, data }], reads, subject: id };
      case 'requestChanges':
        return {
          drafts: [{ type: 'template.changesRequested', subject: id, by, data: { ...data, reason } }],
          reads,
          subject: id,
        };
      case 'reject':
        return {
          drafts: [{ type: 'template.rejected', subject: id, by, data: { ...data, reason } }],
          reads,
          subject: id,
        };
    }
  });
};

export const approveTemplate = (desk: Desk, viewer: Viewer, input: DecideInput): Promise<CommandReceipt> =>
  decide(desk, viewer, 'approve', input);

export const requestTemplateChanges = (
  desk: Desk,
  viewer: Viewer,
  input: DecideInput & { reason: string },
): Promise<CommandReceipt> => decide(desk, viewer, 'requestChanges', input);

export const rejectTemplate = (
  desk: Desk,
  viewer: Viewer,
  input: DecideInput & { reason: string },
): Promise<CommandReceipt> => decide(desk, viewer, 'reject', input);

/** Takes a version out of use; the answer names the open replies that use it (invariant 8). */
export const retireTemplate = async (
  desk: Desk,
  viewer: Viewer,
  input: VersionTarget & { reason: string },
): Promise<CommandReceipt & { usedBy: ReplyId[] }> => {
  const role = actingRole(desk, viewer, VERSION_ROLES);
  await confirmPassphrase(desk, viewer, input.passphrase);
  const receipt = await byPerson(desk, viewer, input.commandId, () => {
    const { id, versions } = requireTemplate(desk, input.template);
    const { version } = requireVersion(versions, input.version);
    return {
      drafts: [{ type: 'template.retired', subject: id, by: { role }, data: { version, reason: input.reason } }],
      subject: id,
    };
  });
  return { ...receipt, usedBy: replyIdsUsing(desk, input.template, input.version) };
};
