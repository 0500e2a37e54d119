import { refuse, RefusalError } from '#workflows/errors.ts';
import type { CommandReceipt } from '#workflows/contract/base.ts';
import type { TimestampsView } from '#workflows/contract/timestamps.contract.ts';
import { MOST_CERTIFICATES, authoritySchema, type StampAuthority } from '#workflows/workspace/workspace.records.ts';
import { isAuthorityAddress } from '../../timestamps/authority-address.ts';
import type { StampFailure } from '../../timestamps/stamping.ts';
import type { Desk } from '../desk.ts';
import { actingRole, confirmPassphrase, type Viewer } from '../viewer.ts';
import { byPerson } from './command.ts';

const failureReason = ({ problem }: StampFailure): string => `stamp.${problem}`;

/** How the time-stamping of checkpoints stands. */
export const timestampsView = async (desk: Desk, viewer: Viewer): Promise<TimestampsView> => {
  const authority = desk.stampAuthority();
  const newest = await desk.stamping.newest();
  const failed = desk.stamping.failure;
  return {
    authority: authority ? { address: authority.address, names: await namesOf(authority) } : null,
    version: desk.journal.placesOf('workspace').length,
    canChange: viewer.roles.includes('admin'),
    newest,
    failure: failed && {
      at: failed.at,
      nextTryAt: failed.nextTryAt,
      reason: failureReason(failed.failure),
      values: { status: failed.failure.status ?? 0 },
    },
  };
};

const namesOf = async ({ certificates }: StampAuthority): Promise<string[]> => {
  const { certificatesOf, nameOf } = await import('../../timestamps/time-stamp.ts');
  return certificatesOf(certificates).map((certificate) => nameOf(certificate));
};

const authorityFrom = async (address: string, pem: string): Promise<StampAuthority> => {
  if (!isAuthorityAddress(address)) throw new RefusalError(refuse('INVALID_INPUT', 'stampAddress'));
  const { derOf, readCertificates } = await import('../../timestamps/time-stamp.ts');
  let certificates: string[];
  try {
    certificates = readCertificates(pem).map((each) => Buffer.from(derOf(each)).toString('base64'));
  } catch (cause) {
    throw new RefusalError(refuse('INVALID_INPUT', 'stampCertificates'), { cause });
  }
  const authority = authoritySchema.safeParse({ address, certificates });
  if (!authority.success) throw new RefusalError(refuse('INVALID_INPUT', 'stampTooMany', { most: MOST_CERTIFICATES }));
  return authority.data;
};

/** An admin says who time-stamps the checkpoints, and which certificates are trusted for it; or that nobody does. */
export const setStampAuthority = async (
  desk: Desk,
  viewer: Viewer,
  input: {
    commandId: string;
    version: number;
    authority: { address: string; certificates: string } | null;
    passphrase?: string | undefined;
  },
): Promise<CommandReceipt> => {
  const role = actingRole(desk, viewer, ['admin']);
  const authority = input.authority && (await authorityFrom(input.authority.address, input.authority.certificates));
  await confirmPassphrase(desk, viewer, input.passphrase);
  const receipt = await byPerson(desk, viewer, input.commandId, () => {
    if (desk.journal.placesOf('workspace').length !== input.version) {
      throw new RefusalError(refuse('VERSION_CONFLICT', 'changedElsewhere'));
    }
    return {
      drafts: [{ type: 'workspace.timestampingChanged', subject: 'workspace', by: { role }, data: { authority } }],
      subject: 'workspace',
    };
  });
  desk.stamping.forgive();
  return receipt;
};

/**
 * Asks for a stamp of the newest checkpoint now.
 * @returns how it stands afterwards; why there is no stamp stands in `failure`
 * @throws RefusalError where no authority is set
 */
export const stampNow = async (desk: Desk, viewer: Viewer): Promise<TimestampsView> => {
  actingRole(desk, viewer, ['admin']);
  const outcome = await desk.stamping.stamp(desk.journal.checkpoint());
  if (!outcome) throw new RefusalError(refuse('ILLEGAL_TRANSITION', 'stampNoAuthority'));
  return timestampsView(desk, viewer);
};
