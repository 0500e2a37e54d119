import type { CommandReceipt } from '#workflows/contract/base.ts';
import type { Desk } from '../desk.ts';
import { executeCommand, type Decision } from '../execute.ts';
import { commanderOf, type Viewer } from '../viewer.ts';

/** Executes a person's command; their key signs every record of it. */
export const byPerson = (
  desk: Desk,
  viewer: Viewer,
  commandId: string,
  decide: () => Decision,
): Promise<CommandReceipt> => {
  return executeCommand({ commandId, commander: commanderOf(desk, viewer), decide }, desk.executeContext);
};
