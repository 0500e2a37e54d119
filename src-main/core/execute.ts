import { refuse, RefusalError } from '#workflows/errors.ts';
import type { CommandReceipt } from '#workflows/contract/base.ts';
import { kindOf, type ReplyId, type Subject } from '#workflows/identifiers.ts';
import type { JournalRecord, UnplacedRecord } from '#workflows/journal/record.ts';
import type { KnownRecord } from '#workflows/records.ts';
import { toTime } from '#workflows/time.ts';
import { VersionConflictError } from '../journal/journal.ts';
import type { CommandTurns } from './command-turns.ts';
import { buildCommand, type BuildContext, type Commander, type DraftRecord } from './draft-record.ts';
import { evolve, RuleBrokenError } from './state/evolve.ts';
import type { MemoryTables } from './state/memory-tables.ts';
import { layerOn } from './state/tables.ts';

/** What a command comes to: the records to write, and what they relied on besides their own subjects. */
export interface Decision {
  readonly drafts: readonly DraftRecord[];
  readonly reads?: readonly Subject[];
  /** The subject to name in the answer. */
  readonly subject: Subject | null;
}

export interface ExecuteContext extends BuildContext {
  readonly tables: MemoryTables;
  readonly turns: CommandTurns;
}

export interface Command {
  readonly commandId: string;
  /** Asked when the command's turn has come. */
  readonly commander: Commander;
  /** The one reply that it is about, where it touches nothing else; it then need not wait for commands on others. */
  readonly about?: ReplyId;
  /**
   * Decides on the state as it stands when the command's turn has come; synchronous, so that nothing can change between
   * deciding and appending. It is called again when another server got there first.
   * @throws RefusalError
   */
  readonly decide: () => Decision;
}

/** Kinds of subjects that belong to one reply. */
const OF_A_REPLY: ReadonlySet<string> = new Set(['reply', 'publication', 'hold']);

/** A command that loses the race for a subject's next version so often is given up. */
const MAX_ATTEMPTS = 50;

const receiptOf = (commandId: string, records: readonly JournalRecord[], subject: Subject | null): CommandReceipt => ({
  commandId,
  seq: records[0]?.seq ?? null,
  count: records.length,
  subject: subject ?? records[0]?.subject ?? null,
});

/** Sending a command twice does it once; the id of somebody else's command is refused. */
const earlierReceipt = (command: Command, { journal }: ExecuteContext): CommandReceipt | null => {
  const { commandId, about } = command;
  const records = journal.recordsOfCommand(commandId);
  if (!records) return null;
  const { commander } = command;
  const isOwn = records.some(({ actor }) =>
    'system' in commander ? 'system' in actor : 'person' in actor && actor.person === commander.person,
  );
  if (!isOwn) throw new RefusalError(refuse('INVALID_INPUT', 'commandReused'));
  return receiptOf(commandId, records, about ?? records.at(-1)?.subject ?? null);
};

/** A command about one reply that wrote on anything else would break the order of turns: a bug. */
const checkScope = ({ about }: Command, drafts: readonly DraftRecord[]): void => {
  if (about === undefined) return;
  const stray = drafts.find(
    ({ subject }) => !OF_A_REPLY.has(kindOf(subject)) || (kindOf(subject) === 'reply' && subject !== about),
  );
  if (stray) throw new Error(`${stray.type} on ${stray.subject} is not about ${about}`);
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
 * The one way in which anything gets into the journal: wait for the turn, authorise, decide, rehearse on the machines,
 * append, and answer when it is durable and every projection has it.
 * @throws RefusalError with nothing appended
 */
export const executeCommand = (command: Command, context: ExecuteContext): Promise<CommandReceipt> =>
  context.turns.take(command.about ?? 'desk', () => executeInTurn(command, context));

const executeInTurn = async (command: Command, context: ExecuteContext): Promise<CommandReceipt> => {
  const { journal } = context;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const earlier = earlierReceipt(command, context);
    if (earlier) return earlier;
    const { commander } = command;
    const { drafts, reads = [], subject } = command.decide();
    if (drafts.length === 0) return receiptOf(command.commandId, [], subject);
    checkScope(command, drafts);
    const built = buildCommand(command.commandId, { drafts, reads }, commander, context);
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
