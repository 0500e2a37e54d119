import type { ReplyView } from '#workflows/contract/reply.contract.ts';
import type { ReplyId } from '#workflows/identifiers.ts';
import { addHours, addMinutes, toTime } from '#workflows/time.ts';
import type { Actor } from '../scripted/script-desk.ts';
import { MINUTE, unevenness, type Calendar, type Moment } from './calendar.ts';
import type { CastName } from './cast.ts';
import { performOutside, postAsCustomer } from './outside.ts';
import { reviewOf } from './perform-version.ts';
import { SAMPLE_PASSPHRASE } from './sample-passphrase.ts';
import { isOutside, type DeskAct, type Scene, type Step } from './scene.ts';
import type { Stage, TimedAct } from './stage.ts';
import { write } from './wording.ts';

interface Doing {
  readonly stage: Stage;
  readonly scene: Scene;
  readonly who: CastName;
  readonly actor: Actor;
}

const capture = async ({ stage, scene, actor }: Doing): Promise<void> => {
  const { address } = stage.post(scene.name);
  const { subject } = await actor.desk.mention.capture({ commandId: stage.command(), address });
  stage.replies.set(scene.name, subject as ReplyId);
};

const revise = async (
  { stage, scene, actor }: Doing,
  view: ReplyView,
  act: Extract<DeskAct, { do: 'revise' | 'correct' | 'takeDown' }>,
): Promise<void> => {
  const reply = view.id;
  const newest = view.revisions.at(-1);
  const basedOn = newest?.revision ?? 0;
  const text =
    act.do === 'takeDown'
      ? { document: newest?.document ?? { lines: [] }, template: null }
      : await write(stage, actor, reply, act.text);
  const operation = act.do === 'revise' ? view.operation : act.do;
  if (operation === 'acknowledge') throw new Error('a holding reply is not written here');
  const { language } = scene;
  await actor.desk.reply.revise({ commandId: stage.command(), reply, basedOn, operation, language, ...text });
};

const saveDraft = async (
  { stage, scene, actor }: Doing,
  view: ReplyView,
  { text, note = '' }: Extract<DeskAct, { do: 'draft' }>,
): Promise<void> => {
  const written = await write(stage, actor, view.id, text);
  const draft = { ...written, language: scene.language, note, basedOn: view.revisions.length };
  await actor.desk.reply.saveDraft({ reply: view.id, draft });
};

const triage = async (
  { stage, actor }: Doing,
  view: ReplyView,
  act: Extract<DeskAct, { do: 'monitor' | 'dismiss' | 'handlePrivately' | 'merge' }>,
): Promise<void> => {
  const outcomes = {
    monitor: 'monitoring',
    dismiss: 'noResponse',
    handlePrivately: 'privateHandling',
    merge: 'merged',
  } as const;
  const until = act.do === 'monitor' ? addHours(toTime(stage.script.clock.now()), act.hours) : null;
  if (until !== null) stage.wakeAt(until);
  await actor.desk.reply.triage({
    commandId: stage.command(),
    reply: view.id,
    version: view.version,
    outcome: outcomes[act.do],
    reason: act.reason,
    until,
    into: act.do === 'merge' ? stage.reply(act.into) : null,
  });
};

const fetchAnswers = async (
  { stage, actor }: Doing,
  view: ReplyView,
  { opens }: Extract<DeskAct, { do: 'fetchAnswers' }>,
): Promise<void> => {
  const { opened } = await actor.desk.mention.fetchAnswers({ commandId: stage.command(), reply: view.id });
  const [reply] = opened;
  if (!reply) throw new Error('the customer has not answered');
  stage.replies.set(opens, reply);
  stage.watch(await actor.desk.reply.get({ reply }));
};

/** Everything that is done to a reply that is there. */
const performOnReply = (doing: Doing, view: ReplyView, act: Exclude<DeskAct, { do: 'capture' }>): Promise<unknown> => {
  const { stage, who, actor } = doing;
  const { reply: desk } = actor.desk;
  const newest = view.revisions.at(-1);
  const target = { commandId: stage.command(), reply: view.id, version: view.version };
  const content = { revision: newest?.revision ?? 0, contentHash: newest?.contentHash ?? '' };
  const signed = { ...target, passphrase: SAMPLE_PASSPHRASE };
  switch (act.do) {
    case 'claim':
      return desk.claim(target);
    case 'handOver':
      return desk.handOver({ ...target, to: stage.idOf(act.to) });
    case 'monitor':
    case 'dismiss':
    case 'handlePrivately':
    case 'merge':
      return triage(doing, view, act);
    case 'draft':
      return saveDraft(doing, view, act);
    case 'revise':
    case 'correct':
    case 'takeDown':
      return revise(doing, view, act);
    case 'submit':
      return desk.submit({ ...target, ...content, note: act.note ?? '' });
    case 'approve':
      return desk.approve({ ...signed, ...content, review: reviewOf(who), comment: act.comment ?? '' });
    case 'requestChanges':
    case 'reject':
      return desk[act.do]({ ...signed, ...content, review: reviewOf(who), reason: act.reason });
    case 'recall':
    case 'withdraw':
      return desk[act.do]({ ...target, reason: act.reason });
    case 'hold':
      return desk.placeHold({ ...signed, reason: act.reason });
    case 'release':
      return desk.release({ ...signed, contentHash: content.contentHash });
    case 'schedule': {
      const scheduledFor = addMinutes(toTime(stage.script.clock.now()), act.minutesAhead);
      return desk.schedule({ ...signed, contentHash: content.contentHash, scheduledFor });
    }
    case 'close':
      return desk.close(target);
    case 'fetchAnswers':
      return fetchAnswers(doing, view, act);
  }
};

/** Acts after which something will fall due that was not known before. */
const FALLS_DUE: ReadonlySet<DeskAct['do']> = new Set(['capture', 'approve', 'schedule']);

const performStep = async (stage: Stage, scene: Scene, step: Step): Promise<void> => {
  if (isOutside(step)) return performOutside(stage, scene, step[2]);
  const [, who, act] = step;
  const actor = await stage.person(who);
  const doing = { stage, scene, who, actor };
  const view = () => actor.desk.reply.get({ reply: stage.reply(scene.name) });
  if (act.do === 'capture') await capture(doing);
  else await performOnReply(doing, await view(), act);
  if (FALLS_DUE.has(act.do)) stage.watch(await view());
};

/** A scene as acts in time: the posts, then what the desk does. @throws Error when its steps are not in order */
export const sceneActs = (scene: Scene, calendar: Calendar): TimedAct[] => {
  const { name, posted, thread = [], steps } = scene;
  const start = calendar.at(posted);
  const minuteOf = (when: number | Moment): number =>
    typeof when === 'number' ? start + when * MINUTE : calendar.at(when);
  const above = thread.map((post, index): TimedAct => ({
    at: start - post.minutesBefore * MINUTE,
    what: `${name}: post above ${String(index + 1)}`,
    perform: (stage) => postAsCustomer(stage, scene, index),
  }));
  const post: TimedAct = { at: start, what: `${name}: post`, perform: (stage) => postAsCustomer(stage, scene, null) };
  const done = steps.map((step, index): TimedAct => ({
    at: minuteOf(step[0]),
    what: `${name}: step ${String(index + 1)}, ${step[1]}, ${step[2].do}`,
    perform: (stage) => performStep(stage, scene, step),
  }));
  const acts = [...above, post, ...done];
  for (const [index, act] of acts.entries()) {
    const before = acts[index - 1];
    // Acts miss their minute by less than a minute: a minute apart they stay in order.
    if (before && before.at + MINUTE > act.at) throw new Error(`${act.what} does not come after what is before it`);
  }
  return acts.map((act) => ({ ...act, at: act.at + unevenness(act.what) }));
};
