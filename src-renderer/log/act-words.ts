import type { LogRow } from '#workflows/contract/journal.contract.ts';
import type { IconName } from '../design/icon.tsx';
import type { Words } from '../words/use-words.ts';

const ICON_OF: Readonly<Record<string, IconName>> = {
  approved: 'check-circle',
  changesRequested: 'back',
  rejected: 'close',
  recalled: 'back',
  revised: 'pen',
  submitted: 'send',
  withdrawn: 'close',
  retired: 'close',
  claimed: 'people',
  opened: 'chat',
  captured: 'inbox',
  released: 'check',
  closed: 'check',
  scheduled: 'clock',
  unscheduled: 'clock',
  breached: 'warn',
  escalated: 'clock',
  attempted: 'send',
  succeeded: 'globe',
  observed: 'eye',
  failed: 'stop',
  unknown: 'warn',
  placed: 'lock',
  lifted: 'lock',
  paused: 'pause',
  resumed: 'send',
  resumeProposed: 'send',
  keyRegistered: 'key',
  keyConfirmed: 'key',
  keyRevoked: 'key',
  keyRotated: 'key',
  verified: 'shield',
  exported: 'download',
  read: 'eye',
};

const ICON_OF_KIND: Readonly<Record<string, IconName>> = { person: 'person', channel: 'globe', clock: 'clock' };

type Acted = Pick<LogRow, 'type' | 'values'>;

/** The sign of an act, and the tone of its state. */
export const signOf = ({ type, values }: Acted): { icon: IconName; tone: string } => {
  const [kind = '', act = ''] = type.replace(/\/\d+$/, '').split('.');
  const icon = ICON_OF[act] ?? ICON_OF_KIND[kind] ?? 'dot';
  if (act === 'approved') return { icon, tone: 'ok' };
  if (act === 'rejected' || act === 'failed' || act === 'paused') return { icon, tone: 'bad' };
  if (act === 'observed') return { icon, tone: values.outcome === 'same' ? 'ok' : 'warn' };
  if (act === 'verified') return { icon, tone: values.ok === 'yes' ? 'ok' : 'bad' };
  return { icon, tone: act === 'breached' || act === 'unknown' ? 'warn' : '' };
};

/** The act of a row in two or three words; what it came to is named where that matters. */
export const actInWords = (say: Words, { type, values }: Acted): string => {
  const key = `log.act.${type}`;
  const variants = [values.outcome, values.operation, values.ok].map((variant) => `${key}.${String(variant)}`);
  const found = [...variants, key].find((candidate) => say.has(candidate));
  return found !== undefined && say.has(found) ? say(found) : type;
};

const SAME_ACTS = new Set(['reply', 'template', 'policy']);

/** A type of record by itself, as it is chosen from: decisions say on what. */
export const typeInWords = (say: Words, type: string): string => {
  const key = `log.act.${type}`;
  if (!say.has(key)) return type;
  const [kind = ''] = type.split('.');
  return SAME_ACTS.has(kind)
    ? say('log.act.of', { act: say(key), kind: say(`log.kind.${kind as 'reply'}`) })
    : say(key);
};

/** What a record is about: “Reply to @…, revision 3”. */
export const onInWords = (say: Words, { on, values }: Pick<LogRow, 'on' | 'values'>): string => {
  const isErased = on.name === null && ['reply', 'customer'].includes(on.kind);
  const key = `log.on.${on.kind}${isErased ? '.erased' : ''}`;
  const name = say.has(key) && (on.name !== null || !/template|person|channel/.test(key)) ? key : 'log.on.other';
  const what = say(name, { name: on.name ?? '' });
  if (values.revision !== undefined) return `${what}, ${say('log.on.revision', { revision: values.revision })}`;
  if (values.version !== undefined) return `${what}, ${say('log.on.version', { version: values.version })}`;
  return what;
};

/** Who did it, and as what. */
export const whoInWords = (say: Words, { actor }: Pick<LogRow, 'actor'>): string =>
  actor.kind === 'person'
    ? say('log.whoAs', { name: actor.name, role: say(`role.${actor.role}`) })
    : say('log.theDesk');
