import type { CommandReceipt } from '#workflows/contract/base.ts';
import { byPerson } from '../core/commands/command.ts';
import type { Desk } from '../core/desk.ts';
import { actingRole, type Viewer } from '../core/viewer.ts';

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
