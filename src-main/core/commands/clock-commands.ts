import type { CommandReceipt } from '#workflows/contract/base.ts';
import type { Overview } from '#workflows/contract/desk.contract.ts';
import { refuse, RefusalError } from '#workflows/errors.ts';
import { isFromFalseTime, type Time } from '#workflows/time.ts';
import type { Desk } from '../desk.ts';
import { actingRole, confirmPassphrase, namesInRole, type Viewer } from '../viewer.ts';
import { byPerson } from './command.ts';

/** A person says that the time after a leap of the clock is right; timers go on. */
export const confirmClock = async (
  desk: Desk,
  viewer: Viewer,
  { commandId }: { readonly commandId: string },
): Promise<CommandReceipt> => {
  const role = actingRole(desk, viewer, ['admin', 'legal', 'comms', 'publisher', 'agent']);
  const receipt = await byPerson(desk, viewer, commandId, () => ({
    drafts: desk.tables.clockJump.get()
      ? [{ type: 'clock.confirmed', subject: 'clock', by: { role }, data: { at: desk.now() } }]
      : [],
    subject: 'clock',
  }));
  desk.outbox.wake();
  return receipt;
};

/** The newest record's time, where the clock stands so far before it that nothing can be recorded; `null` otherwise. */
const newestAhead = ({ journal, now }: Pick<Desk, 'journal' | 'now'>, at: Time = now()): Time | null => {
  if (journal.size === 0 || journal.readOnly) return null;
  const newest = journal.read(journal.size - 1).at;
  return isFromFalseTime(newest, at) ? newest : null;
};

/** What the screen says of a clock that stands before the newest record; `null` while it does not. */
export const clockBehindView = (desk: Desk, { roles }: Viewer): Overview['clockBehind'] => {
  const now = desk.now();
  const newest = newestAhead(desk, now);
  if (newest === null) return null;
  return { newest, now, mayCorrect: roles.includes('admin'), canCorrect: namesInRole(desk, 'admin') };
};

interface Correction {
  readonly commandId: string;
  /** The newest record's time, as the admin saw it. */
  readonly newest: Time;
  readonly reason: string;
  readonly passphrase?: string | undefined;
}

/**
 * An admin says that this computer's clock is right and the newest records' time was false: time goes back, by this record
 * alone, and goes on from there. What was counted from the false time is counted anew.
 */
export const correctClock = async (desk: Desk, viewer: Viewer, input: Correction): Promise<CommandReceipt> => {
  actingRole(desk, viewer, ['admin']);
  await confirmPassphrase(desk, viewer, input.passphrase);
  const receipt = await byPerson(desk, viewer, input.commandId, () => {
    const role = actingRole(desk, viewer, ['admin']);
    const to = desk.now();
    const from = newestAhead(desk, to);
    if (from === null) throw new RefusalError(refuse('ILLEGAL_TRANSITION', 'clockNotBehind'));
    if (from !== input.newest) throw new RefusalError(refuse('VERSION_CONFLICT', 'changedElsewhere'));
    return {
      drafts: [
        {
          type: 'clock.corrected',
          subject: 'clock',
          by: { role },
          data: { from, to },
          seal: [{ under: 'workspace', value: { text: input.reason } }],
        },
      ],
      subject: 'clock',
    };
  });
  desk.outbox.lookAnew();
  return receipt;
};
