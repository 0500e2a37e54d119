import type { PersonId } from '#workflows/identifiers.ts';
import type { ExportScope } from '#workflows/journal/export-manifest.ts';
import { isPersonActor } from '#workflows/people/roles.ts';
import type { Desk } from '../core/desk.ts';
import { inPeriod } from '../core/log-index.ts';
import { subjectsOfStory } from '../core/views/story.ts';
import { requireReply } from '../core/views/reply-view.ts';
import { inTurns } from './in-turns.ts';

/** Places of the records of a slice, in order. */
export interface SliceRecords {
  /** What was asked for. */
  readonly asked: readonly number[];
  /** What the keys and roles of its signers rest on, and is not among them. */
  readonly support: readonly number[];
}

const askedFor = async (
  desk: Desk,
  scope: Exclude<ExportScope, { of: 'journal' }>,
  size: number,
): Promise<number[]> => {
  if (scope.of === 'reply') {
    return subjectsOfStory(desk, requireReply(desk, scope.reply))
      .flatMap((subject) => [...desk.journal.placesOf(subject)])
      .filter((seq) => seq < size)
      .sort((a, b) => a - b);
  }
  const tally = await desk.log.tally(inPeriod(scope));
  return [...tally.places()].filter((seq) => seq < size);
};

/** How the workspace and its checkpoint key came to be. */
const isOfWorkspace = (type: string): boolean => type === 'workspace.created' || type === 'workspace.keyRotated';

/**
 * What a slice of the first `size` records holds. The support is everything on the signers, on those who signed that in
 * turn, and on the workspace's own keys.
 * @throws RefusalError `NOT_FOUND` for a reply that is not there
 */
export const sliceRecords = async (
  desk: Desk,
  scope: Exclude<ExportScope, { of: 'journal' }>,
  size: number,
): Promise<SliceRecords> => {
  const { journal } = desk;
  const asked = await askedFor(desk, scope, size);
  const support = new Set<number>();
  const known = new Set<PersonId>();
  const waiting: PersonId[] = [];
  const takeSigner = (seq: number): void => {
    const { actor } = journal.read(seq);
    if (!isPersonActor(actor) || known.has(actor.person)) return;
    known.add(actor.person);
    waiting.push(actor.person);
  };
  const take = (seq: number): void => {
    if (seq >= size || support.has(seq)) return;
    support.add(seq);
    takeSigner(seq);
  };
  for await (const seq of inTurns(asked)) takeSigner(seq);
  for (const seq of journal.placesOf('workspace')) if (isOfWorkspace(journal.read(seq).type)) take(seq);
  for (let person = waiting.pop(); person !== undefined; person = waiting.pop()) {
    for (const seq of journal.placesOf(person)) take(seq);
  }
  for (const seq of asked) support.delete(seq);
  return { asked, support: [...support].sort((a, b) => a - b) };
};
