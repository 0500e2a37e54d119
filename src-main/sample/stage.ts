import type { ReplyView } from '#workflows/contract/reply.contract.ts';
import type { ChannelId, PersonId, ReplyId, TemplateId } from '#workflows/identifiers.ts';
import { addMinutes, toMilliseconds, type Time } from '#workflows/time.ts';
import type { Actor, ScriptDesk } from '../scripted/script-desk.ts';
import type { Calendar } from './calendar.ts';
import type { CastName } from './cast.ts';
import type { ChannelName } from './channels.ts';
import { SAMPLE_PASSPHRASE } from './sample-passphrase.ts';
import type { TemplateName } from './templates/index.ts';

/** The timers of a running desk look every few seconds; a script's desk looks so long after something is due. */
const TIMER_LAG = 2_500;

/** A name under which a script has put something that a later act needs. */
const known = <Name, Value>(values: ReadonlyMap<Name, Value>, name: Name): Value => {
  const value = values.get(name);
  if (value === undefined) throw new Error(`the script has not come to ${String(name)} yet`);
  return value;
};

/** The sample desk while it is played: who is who, and when something falls due by itself. */
export class Stage {
  readonly script: ScriptDesk;
  readonly calendar: Calendar;
  readonly people = new Map<CastName, Actor>();
  readonly channels = new Map<ChannelName, ChannelId>();
  readonly templates = new Map<TemplateName, TemplateId>();
  /** Replies by the name of their scene. */
  readonly replies = new Map<string, ReplyId>();
  /** The customer's posts by the name of their scene. */
  readonly posts = new Map<string, { readonly id: string; readonly address: string }>();
  readonly #wakes = new Set<number>();

  constructor(script: ScriptDesk, calendar: Calendar) {
    this.script = script;
    this.calendar = calendar;
  }

  command(): string {
    return this.script.command();
  }

  channel(name: ChannelName): ChannelId {
    return known(this.channels, name);
  }

  template(name: TemplateName): TemplateId {
    return known(this.templates, name);
  }

  reply(name: string): ReplyId {
    return known(this.replies, name);
  }

  post(name: string): { readonly id: string; readonly address: string } {
    return known(this.posts, name);
  }

  idOf(name: CastName): PersonId {
    return known(this.people, name).id;
  }

  /** A person at their desk: whoever was away for long finds it locked and opens it again. */
  async person(name: CastName): Promise<Actor> {
    const actor = known(this.people, name);
    const { session } = actor.desk;
    await session.touch();
    const { state } = await session.current();
    if (state === 'locked') await session.unlock({ passphrase: SAMPLE_PASSPHRASE });
    return actor;
  }

  /** Remembers when timers and outbox have something to do for a reply. */
  watch({ dueAt, atRiskMinutes, approvalExpiresAt, scheduledFor }: ReplyView): void {
    for (const time of [addMinutes(dueAt, -atRiskMinutes), dueAt, approvalExpiresAt, scheduledFor]) {
      if (time !== null) this.wakeAt(time);
    }
  }

  wakeAt(time: Time): void {
    const wake = toMilliseconds(time) + TIMER_LAG;
    if (wake > this.script.clock.now()) this.#wakes.add(wake);
  }

  /** Lets time pass until a moment; what falls due on the way is done when it is due. */
  async passTo(moment: number): Promise<void> {
    for (const wake of [...this.#wakes].filter((time) => time <= moment).sort((a, b) => a - b)) {
      this.#wakes.delete(wake);
      await this.script.moveTo(wake);
    }
    this.script.clock.moveTo(moment);
  }
}

/** Something that happens at a time, in milliseconds since 1970. */
export interface TimedAct {
  readonly at: number;
  /** Named in the error when the desk refuses it. */
  readonly what: string;
  readonly perform: (stage: Stage) => Promise<void>;
}
