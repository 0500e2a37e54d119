import { dirname, join } from 'node:path';
import { PASSPHRASE } from '../../core/roster.ts';
import { HOUR } from '../../core/test-clock.ts';
import { CERTIFICATE } from '../../timestamps/certificate.ts';
import { NAMES, refusedTo, type Place, type ProcedureCase } from '../procedure-case.ts';

const signed = ({ desk }: Pick<Place, 'desk'>) => ({ commandId: desk.command(), passphrase: PASSPHRASE });

const EVERYTHING = { view: 'everything', from: null, to: null, person: null, role: null, channel: null };

/** Publishing is on, whoever stopped it before. */
const resume = async ({ desk }: Place): Promise<void> => {
  const { state } = await desk.people.uma.desk.publishing.status();
  if (state === 'paused') await desk.people.cleo.desk.publishing.proposeResume(desk.flow.signed());
  if (state !== 'on') await desk.people.leo.desk.publishing.resume(desk.flow.signed());
};

const paused = async (place: Place): Promise<void> => {
  await resume(place);
  await place.desk.flow.pause();
};

/** The clock stood a month ahead while something was recorded, and was set right again. */
const leapThereAndBack = async ({ desk }: Place): Promise<{ newest: string }> => {
  desk.clock.leap(31 * 24 * HOUR);
  await desk.tick();
  desk.clock.leap(-31 * 24 * HOUR);
  return { newest: desk.records().at(-1)?.at ?? '' };
};

/** A reply as it is when the case is made. */
const asOfNow = async ({ desk }: Place) => {
  const reply = await desk.flow.inReview();
  return { reply, asOf: desk.size - 1 };
};

export const DESK_CASES = {
  'desk.overview': { by: 'uma', access: 'everybody' },
  'desk.changes': { by: null, access: 'anybody' },
  'desk.confirmClock': {
    by: 'agnes',
    access: refusedTo('uma', ['Abe', 'Ada', 'Kay', 'Lena', 'Leo', 'Carl', 'Cleo', 'Pat', 'Agnes', 'Ben']),
    input: ({ desk }) => ({ commandId: desk.command() }),
  },
  'desk.correctClock': {
    by: 'ada',
    access: refusedTo('uma', ['Abe', 'Ada']),
    input: async (place) => {
      const { desk } = place;
      const { newest } = await leapThereAndBack(place);
      return { commandId: desk.command(), newest, reason: 'The clock had stood ahead.', passphrase: PASSPHRASE };
    },
    after: async ({ desk }) => {
      const { ada } = desk.people;
      const behind = (await ada.desk.desk.overview()).clockBehind;
      if (!behind) return;
      const { newest } = behind;
      await ada.desk.desk.correctClock({ ...signed({ desk }), newest, reason: 'The clock had stood ahead.' });
    },
  },
  'publishing.status': { by: 'uma', access: 'everybody' },
  'publishing.pause': {
    by: 'pat',
    access: refusedTo('agnes', [...NAMES.reviewers, 'Pat'], 'mayNotPause'),
    input: async (place) => {
      await resume(place);
      return { ...signed(place), reason: 'A recall is announced at noon.' };
    },
    after: resume,
  },
  'publishing.proposeResume': {
    by: 'cleo',
    access: refusedTo('pat', NAMES.reviewers, 'mayNotResume'),
    input: async (place) => {
      await paused(place);
      return signed(place);
    },
    after: resume,
  },
  'publishing.resume': {
    by: 'leo',
    access: refusedTo('pat', NAMES.reviewers, 'mayNotResume'),
    input: async (place) => {
      await paused(place);
      await place.desk.people.cleo.desk.publishing.proposeResume(place.desk.flow.signed());
      return signed(place);
    },
    after: resume,
  },
  'journal.log': { by: 'uma', access: 'everybody', input: () => ({ filter: EVERYTHING }) },
  'journal.record': { by: 'uma', access: 'everybody', input: () => ({ seq: 0 }) },
  'journal.verify': { by: 'uma', access: 'everybody', input: ({ desk }) => ({ commandId: desk.command() }) },
  'journal.checkpoint': { by: 'uma', access: 'everybody' },
  'journal.consistency': { by: 'agnes', access: 'everybody', input: () => ({ from: 3 }) },
  'journal.exportStory': {
    by: 'uma',
    access: 'everybody',
    input: async ({ desk }) => ({
      commandId: desk.command(),
      reply: await desk.flow.published(),
      timeZone: 'Europe/Berlin',
    }),
  },
  'journal.exportRecord': {
    by: 'uma',
    access: 'everybody',
    input: ({ desk }) => ({ commandId: desk.command(), seq: 0, timeZone: 'Europe/Berlin' }),
  },
  'journal.suggestExport': { by: 'uma', access: 'everybody', input: () => ({ scope: { of: 'journal' } }) },
  'journal.exportFolder': {
    by: 'uma',
    access: 'everybody',
    input: ({ desk }) => {
      const commandId = desk.command();
      const folder = join(dirname(desk.folder), `export-${commandId}`);
      return { commandId, scope: { of: 'period', from: null, to: null }, revealed: 'none', folder };
    },
  },
  'timestamps.get': { by: 'uma', access: 'everybody' },
  'timestamps.setAuthority': {
    by: 'ada',
    access: refusedTo('uma', NAMES.admins),
    input: async (place) => ({
      ...signed(place),
      version: (await place.desk.people.ada.desk.timestamps.get()).version,
      authority: { address: 'http://127.0.0.1:9/', certificates: CERTIFICATE },
    }),
  },
  'timestamps.stampNow': {
    by: 'ada',
    access: refusedTo('uma', NAMES.admins),
    input: async (place) => {
      const { timestamps } = place.desk.people.ada.desk;
      const { version } = await timestamps.get();
      const authority = { address: 'http://127.0.0.1:9/', certificates: CERTIFICATE };
      await timestamps.setAuthority({ ...signed(place), version, authority });
      return undefined;
    },
  },
  'history.moment': { by: 'uma', access: 'everybody', input: () => ({ asOf: 0 }) },
  'history.momentAt': { by: 'uma', access: 'everybody', input: ({ desk }) => ({ at: desk.records()[0]?.at ?? '' }) },
  'history.reply': { by: 'uma', access: 'everybody', input: asOfNow },
  'history.versions': { by: 'uma', access: 'everybody', input: asOfNow },
  'history.queue': { by: 'agnes', access: 'everybody', input: ({ desk }) => ({ asOf: desk.size - 1, queue: 'open' }) },
  'history.policy': { by: 'uma', access: 'everybody', input: () => ({ asOf: 0 }) },
} satisfies Record<string, ProcedureCase>;
