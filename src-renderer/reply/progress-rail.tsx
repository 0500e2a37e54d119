import type { RailStep, ReplyView } from '#workflows/contract/reply.contract.ts';
import { Icon, type IconName } from '../design/icon.tsx';
import { useWords, type Words } from '../words/use-words.ts';

const ICONS: Record<RailStep['state'], IconName> = { done: 'check-circle', now: 'dot', todo: 'ring', stopped: 'warn' };

const nameOf = (say: Words, { step, state, outcome }: RailStep): string => {
  const special = `rail.${step}.${outcome ?? ''}`;
  if (outcome !== null && say.has(special)) return say(special);
  const key = `rail.${step}.${state}`;
  return say.has(key) ? say(key) : say(`rail.${step}.todo`);
};

/** Who, and when: “You, until 22:52”, “Agent 4, 22:26”, “Comms 1 or Comms 2”. */
const detailOf = (say: Words, { step, who, isMe, at, until, state }: RailStep): string => {
  if (step === 'readback' && who.length === 0) return at ? say.moment(at) : say('rail.byDesk');
  const someone =
    isMe && state !== 'done'
      ? say('rail.you')
      : state !== 'done' && who.length > 1
        ? say('rail.anyOf', { first: who[0] ?? '', more: who.length - 1 })
        : who.length > 0
          ? say.list(who)
          : '';
  const time = at ? say.moment(at) : until && state !== 'done' ? say('rail.until', { at: say.moment(until) }) : '';
  return [someone, time].filter((part) => part !== '').join(', ');
};

/** All who could take a step, where the rail names only the first. */
const everybodyOf = (say: Words, { who, isMe, state }: RailStep): string | null =>
  state !== 'done' && !isMe && who.length > 1 ? say('rail.everybody', { who }) : null;

/** At most five steps: what is done and by whom, what is now, what comes next. */
export const ProgressRail = ({ view }: { view: ReplyView }) => {
  const say = useWords();
  return (
    <ol className="rail" aria-label={say('rail.title')}>
      {view.rail.map((step) => {
        const detail = detailOf(say, step);
        return (
          <li key={step.step} className={step.state} aria-current={step.state === 'now' ? 'step' : undefined}>
            <span className="step">
              <Icon name={ICONS[step.state]} />
              <span className="name">{nameOf(say, step)}</span>
              <span className="sr-only">{say(`rail.state.${step.state}`)}</span>
            </span>
            <span className="label cut" title={everybodyOf(say, step) ?? detail}>
              {detail}
            </span>
          </li>
        );
      })}
    </ol>
  );
};
