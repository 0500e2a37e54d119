import { toTime } from '#workflows/time.ts';
import { journalWithCast, keyRegistration, type Cast } from './build-journal.ts';
import { HonestDesk } from './honest-desk.ts';
import type { Draft } from './sign-records.ts';
import { randomKey } from './test-people.ts';

/** The agent's key is revoked, another registered by the admin and confirmed by legal. */
const replaceKey = (desk: HonestDesk): void => {
  const { journal, admin, agent, legal } = desk.cast;
  const renewed = { ...agent, key: randomKey(journal.random) };
  journal.command(
    { type: 'person.keyRevoked', subject: agent.id, by: agent, data: { key: agent.key.id, cause: 'replaced' } },
    keyRegistration(admin, renewed, journal.origin),
  );
  journal.command({ type: 'person.keyConfirmed', subject: agent.id, by: legal, data: { key: renewed.key.id } });
  desk.cast = { ...desk.cast, agent: renewed };
};

const pauseAndResume = ({ journal, comms, legal, publisher }: Cast): void => {
  const act = (type: string, by: typeof comms): Draft => ({ type, subject: 'publishing', by, data: {} });
  journal.command(act('publishing.paused', publisher));
  journal.command(act('publishing.resumeProposed', legal));
  journal.command(act('publishing.resumed', comms));
};

const correctClock = ({ journal, admin }: Cast): void => {
  const from = toTime(journal.now);
  journal.now -= 7_200_000;
  journal.command({
    type: 'clock.corrected',
    subject: 'clock',
    by: admin,
    data: { from, to: toTime(journal.now) },
  });
};

/**
 * A random journal of at least `size` records in which everything is as it should be: replies, captures, holds, keys
 * that are replaced, a rotated checkpoint key, a corrected clock.
 */
export const honestJournal = (seed: number, size: number): Cast => {
  const desk = new HonestDesk(journalWithCast(seed));
  const { journal } = desk.cast;
  while (journal.size < size) {
    const act = journal.random.below(20);
    if (act === 0) replaceKey(desk);
    else if (act === 1) pauseAndResume(desk.cast);
    else if (act === 2) correctClock(desk.cast);
    else if (act === 3) journal.rotateCheckpointKey();
    else journal.command(...desk.next());
  }
  return desk.cast;
};
