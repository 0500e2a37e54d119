import type { CommandReceipt } from '#workflows/contract/base.ts';
import type { ReplyId } from '#workflows/identifiers.ts';
import type { Desk } from '../desk.ts';
import { executeCommand, type Decision } from '../execute.ts';
import { commanderOf, type Viewer } from '../viewer.ts';

/**
 * Executes a person's command; their key signs every record of it. Who they are and whether their key counts is judged when
 * its turn has come.
 */
export const byPerson = (
  desk: Desk,
  viewer: Viewer,
  commandId: string,
  decide: () => Decision,
): Promise<CommandReceipt> =>
  executeCommand(
    {
      commandId,
      get commander() {
        return commanderOf(desk, viewer);
      },
      decide,
    },
    desk.executeContext,
  );

/** The same for a command that writes on one reply, its publications and holds alone: those on others do not wait for it. */
export const onReply = (
  desk: Desk,
  viewer: Viewer,
  { commandId, reply }: { readonly commandId: string; readonly reply: ReplyId },
  decide: () => Decision,
): Promise<CommandReceipt> =>
  executeCommand(
    {
      commandId,
      about: reply,
      get commander() {
        return commanderOf(desk, viewer);
      },
      decide,
    },
    desk.executeContext,
  );

/** What a command was answered that is in the journal already; `null` when it is not, and has to be prepared. */
export const answerOfEarlier = async (desk: Desk, viewer: Viewer, commandId: string): Promise<CommandReceipt | null> =>
  desk.journal.recordsOfCommand(commandId)
    ? byPerson(desk, viewer, commandId, () => ({ drafts: [], subject: null }))
    : null;
