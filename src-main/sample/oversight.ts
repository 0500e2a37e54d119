import { unevenness, type Calendar, type Moment } from './calendar.ts';
import type { CastName } from './cast.ts';
import { SAMPLE_PASSPHRASE } from './sample-passphrase.ts';
import type { Stage, TimedAct } from './stage.ts';

type OversightAct =
  | { readonly do: 'pause'; readonly reason: string }
  | { readonly do: 'proposeResume' | 'resume' | 'verify' }
  | { readonly do: 'export'; readonly scene: string };

/** What concerns the desk as a whole: the switch for publishing, and the auditor's checks. */
const STORY: readonly (readonly [when: Moment, who: CastName, act: OversightAct])[] = [
  [{ workday: -1, at: '16:48' }, 'edwin', { do: 'export', scene: 'quai-numero-3' }],
  [
    { minutesAgo: 118 },
    'kwame',
    {
      do: 'pause',
      reason: 'A newspaper asks about the AH-20 recall. Nothing goes out until we know what it prints.',
    },
  ],
  [{ minutesAgo: 97 }, 'ingrid', { do: 'proposeResume' }],
  [{ minutesAgo: 92 }, 'tomasz', { do: 'resume' }],
  [{ minutesAgo: 27 }, 'edwin', { do: 'verify' }],
];

/** The auditor's own; the exported page says its times in it. */
const TIME_ZONE = 'Europe/Berlin';

const verify = async (stage: Stage, who: CastName): Promise<void> => {
  const { journal } = (await stage.person(who)).desk;
  for await (const event of await journal.verify({ commandId: stage.command() })) {
    if (event.kind === 'done' && !event.result.ok) throw new Error('the journal does not verify');
  }
};

const perform = async (stage: Stage, who: CastName, act: OversightAct): Promise<void> => {
  const { journal, publishing } = (await stage.person(who)).desk;
  const signed = { commandId: stage.command(), passphrase: SAMPLE_PASSPHRASE };
  switch (act.do) {
    case 'pause':
      await publishing.pause({ ...signed, reason: act.reason });
      return;
    case 'proposeResume':
      await publishing.proposeResume(signed);
      return;
    case 'resume':
      await publishing.resume(signed);
      return;
    case 'verify':
      await verify(stage, who);
      return;
    case 'export':
      await journal.exportStory({ commandId: signed.commandId, reply: stage.reply(act.scene), timeZone: TIME_ZONE });
  }
};

export const oversightActs = (calendar: Calendar): TimedAct[] =>
  STORY.map(([when, who, act], index): TimedAct => {
    const what = `oversight, step ${String(index + 1)} (${act.do})`;
    return { at: calendar.at(when) + unevenness(what), what, perform: (stage) => perform(stage, who, act) };
  });
