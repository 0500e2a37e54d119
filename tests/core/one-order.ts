import { RefusalError } from '#workflows/errors.ts';
import type { PersonId } from '#workflows/identifiers.ts';
import type { CommandReceipt } from '#workflows/contract/base.ts';
import type { Desk } from '#main/core/desk.ts';
import { targetReply } from '#main/core/commands/reply-target.ts';
import type { Viewer } from '#main/core/viewer.ts';
import type { SentCommand } from '../kill/load.ts';
import { COMMANDS } from '../kill/works.ts';

/** A receipt; that of a revision names the hash of what was saved. */
type Receipt = CommandReceipt & { readonly contentHash?: string | null };

/** What a client was told, and between which records. */
export interface Told {
  readonly sent: SentCommand;
  /** Records in the journal when it was sent, and when it was answered. */
  readonly from: number;
  readonly to: number;
  readonly receipt: Receipt | null;
  /** `CODE reason`; `null` where it was accepted. */
  readonly refusal: string | null;
}

/** Thrown in the place of an append: the command would have been accepted. */
class WouldBeAcceptedError extends Error {
  override name = 'WouldBeAcceptedError';
}

type Viewers = ReadonlyMap<PersonId, Viewer>;

const send = async (desk: Desk, viewers: Viewers, { person, name, input }: SentCommand) => {
  const viewer = viewers.get(person);
  if (!viewer) throw new Error('nobody is signed in');
  try {
    const receipt = (await COMMANDS[name](desk, viewer, input as never)) as Receipt;
    return { receipt, refusal: null };
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error;
    return { receipt: null, refusal: `${error.refusal.code} ${error.refusal.reason}` };
  }
};

/** Sends a command and writes down what the client is told. */
export const sendAndTell = async (desk: Desk, viewers: Viewers, sent: SentCommand): Promise<Told> => {
  const from = desk.journal.size;
  const { receipt, refusal } = await send(desk, viewers, sent);
  return { sent, from, to: desk.journal.size, receipt, refusal };
};

/** What the desk would answer now; nothing is written, whatever it is. */
const ask = async (desk: Desk, viewers: Viewers, sent: SentCommand): Promise<string | null> => {
  const append = desk.journal.append.bind(desk.journal);
  desk.journal.append = () => Promise.reject(new WouldBeAcceptedError());
  try {
    const { refusal } = await send(desk, viewers, sent);
    return refusal;
  } catch (error) {
    if (error instanceof WouldBeAcceptedError) return null;
    throw error;
  } finally {
    desk.journal.append = append;
  }
};

/**
 * Whether something had happened to the reply that the client had not seen. A decision looks twice, before it asks for the
 * passphrase and when its turn has come: this may be the reason at the second look although another stands before it at the first.
 */
const isOutdated = (desk: Desk, { input }: SentCommand): boolean => {
  if (!('version' in input)) return false;
  try {
    targetReply(desk, input as unknown as Parameters<typeof targetReply>[1]);
    return false;
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error;
    return true;
  }
};

const nameOf = ({ sent, refusal }: Told): string => `${sent.name} ${sent.input.commandId}: ${refusal ?? 'accepted'}`;

/**
 * Explains what the clients of one desk were told by one order: on a desk that was like it at the beginning, the accepted
 * commands are sent one after another in the order of the journal, and each must be answered as it was; each refused one
 * must be refused for the same reason in some state between its sending and its answer.
 * @param desk like the first, before anything was sent
 * @returns what cannot be explained
 */
export const unexplained = async (desk: Desk, viewers: Viewers, told: readonly Told[]): Promise<string[]> => {
  const wrong: string[] = [];
  const accepted = told
    .filter(({ receipt }) => receipt !== null && receipt.seq !== null)
    .sort((a, b) => (a.receipt?.seq ?? 0) - (b.receipt?.seq ?? 0));
  // Those that did nothing are explained like those that were refused: by a state in which nothing was to be done.
  const open = new Set(told.filter((one) => !accepted.includes(one)));
  // Hashes are salted: the same words saved on this desk have another.
  const hashes = new Map<unknown, string>();
  const translated = (sent: SentCommand): SentCommand => {
    const { contentHash } = sent.input;
    if (!('contentHash' in sent.input)) return sent;
    return { ...sent, input: { ...sent.input, contentHash: hashes.get(contentHash) ?? contentHash } };
  };
  const seen = new Map<Told, string[]>();
  const explainOpen = async (): Promise<void> => {
    const { size } = desk.journal;
    for (const one of open) {
      if (one.from > size || one.to < size) continue;
      const before = desk.journal.size;
      const refusal = await ask(desk, viewers, translated(one.sent));
      if (desk.journal.size !== before) throw new Error('asking has written something');
      const isConflict = one.refusal === 'VERSION_CONFLICT changedElsewhere';
      if (refusal === one.refusal || (isConflict && isOutdated(desk, one.sent))) open.delete(one);
      else seen.set(one, [...(seen.get(one) ?? []), `${String(size)}: ${refusal ?? 'accepted'}`]);
    }
  };
  await explainOpen();
  for (const one of accepted) {
    const { receipt, refusal } = await send(desk, viewers, translated(one.sent));
    if (one.receipt?.contentHash && receipt?.contentHash) hashes.set(one.receipt.contentHash, receipt.contentHash);
    const [then, now] = [one.receipt, receipt].map((told) => `${String(told?.count)} records at ${String(told?.seq)}`);
    if (then !== now)
      wrong.push(`${nameOf(one)}, ${String(then)}, but ${refusal ?? String(now)} in the order of the journal`);
    await explainOpen();
  }
  return [
    ...wrong,
    ...[...open].map(
      (one) => `${nameOf(one)}, for which there was no reason at any moment; ${(seen.get(one) ?? []).join(', ')}`,
    ),
  ];
};
