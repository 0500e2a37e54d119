import { refuse, RefusalError } from '#workflows/errors.ts';
import type { CommandReceipt } from '#workflows/contract/base.ts';
import type { Subject } from '#workflows/identifiers.ts';
import type { JournalRecord, UnplacedRecord } from '#workflows/journal/record.ts';
import type { KnownRecord } from '#workflows/records.ts';
import { toTime } from '#workflows/time.ts';
import { VersionConflictError } from '../journal/journal.ts';
import { buildCommand, type BuildContext, type Commander, type DraftRecord } from './draft-record.ts';
import { evolve, RuleBrokenError } from './state/evolve.ts';
import { layerOn, type MemoryTables } from './state/tables.ts';

/** What a command comes to: the records to write, and what they relied on besides their own subjects. */
export interface Decision {
  readonly drafts: readonly DraftRecord[];
  readonly reads?: readonly Subject[];
  /** The subject to name in the answer. */
  readonly subject: Subject | null;
}

export interface ExecuteContext extends BuildContext {
  readonly tables: MemoryTables;
}

export interface Command {
  readonly commandId: string;
  readonly commander: Commander;
  /**
   * Decides on the state as it stands; synchronous, so that nothing can change between deciding and appending. It is
   * called again when another command got there first.
   * @throws RefusalError
   */
  readonly decide: () => Decision;
}

/** A command that loses the race for a subject's next version so often is given up. */
const MAX_ATTEMPTS = 50;

const receiptOf = (commandId: string, records: readonly JournalRecord[], subject: Subject | null): CommandReceipt => ({
  commandId,
  seq: records[0]?.seq ?? null,
  count: records.length,
  subject: subject ?? records[0]?.subject ?? null,
});

/** Sending a command twice does it once; the id of somebody else's command is refused. */
const earlierReceipt = ({ commandId, commander }: Command, { journal }: ExecuteContext): CommandReceipt | null => {
  const records = journal.recordsOfCommand(commandId);
  if (!records) return null;
  const isOwn = records.some(({ actor }) =>
    'system' in commander ? 'system' in actor : 'person' in actor && actor.person === commander.person,
  );
  if (!isOwn) throw new RefusalError(refuse('INVALID_INPUT', 'commandReused'));
  return receiptOf(commandId, records, records.at(-1)?.subject ?? null);
};

/** Tries the records on the machines before anything is appended: an event that a state does not take is refused. */
const rehearse = (records: readonly UnplacedRecord[], { tables, journal, clock }: ExecuteContext): void => {
  const layer = layerOn(tables);
  const at = toTime(clock.now());
  try {
    for (const [index, record] of records.entries()) {
      evolve(layer, { ...record, seq: journal.size + index, at } as unknown as KnownRecord);
    }
  } catch (error) {
    if (!(error instanceof RuleBrokenError)) throw error;
    throw new RefusalError(refuse('ILLEGAL_TRANSITION', 'notPossibleNow'), { cause: error });
  }
};

/**
 * The one way in which anything gets into the journal: decide, authorise, rehearse on the machines, append, and answer
 * when it is durable and every projection has it.
 * @throws RefusalError with nothing appended
 */
export const executeCommand = async (command: Command, context: ExecuteContext): Promise<CommandReceipt> => {
  const { journal } = context;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const earlier = earlierReceipt(command, context);
    if (earlier) return earlier;
    const { drafts, reads = [], subject } = command.decide();
    if (drafts.length === 0) return receiptOf(command.commandId, [], subject);
    const built = buildCommand(command.commandId, { drafts, reads }, command.commander, context);
    rehearse(built.records, context);
    try {
      return receiptOf(command.commandId, await journal.append(built), subject);
    } catch (error) {
      if (!(error instanceof VersionConflictError)) throw error;
      await journal.settled();
    }
  }
  throw new RefusalError(refuse('VERSION_CONFLICT', 'tooMuchGoingOn'));
};
