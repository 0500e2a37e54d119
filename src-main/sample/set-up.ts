import type { Calendar, Moment } from './calendar.ts';
import { CAST, FOUNDER, INVITED, type CastName } from './cast.ts';
import { CHANNELS, type ChannelName } from './channels.ts';
import { unevenness, MINUTE } from './calendar.ts';
import type { Stage, TimedAct } from './stage.ts';

/** When the workspace is created. */
export const BEGINNING: Moment = { workday: -8, at: '08:51' };

const addPerson = async (stage: Stage, name: CastName): Promise<void> => {
  const admin = await stage.person(FOUNDER);
  const { name: fullName, role } = CAST[name];
  stage.people.set(name, await stage.script.addPerson(fullName, [role]));
  await admin.desk.session.touch();
};

const addChannel = async (stage: Stage, name: ChannelName): Promise<void> => {
  const admin = await stage.person(FOUNDER);
  const { subject } = await admin.desk.channel.add({ commandId: stage.command(), channel: { ...CHANNELS[name] } });
  const { channels } = await admin.desk.channel.list();
  const added = channels.find(({ id }) => id === subject);
  if (!added) throw new Error(`the channel ${name} is not there`);
  stage.channels.set(name, added.id);
};

/** The admin's first hour: people one after the other, then the channels. */
export const setUpActs = (calendar: Calendar): TimedAct[] => {
  const start = calendar.at(BEGINNING);
  const people = INVITED.map((name): TimedAct => ({
    at: 0,
    what: `${CAST[name].name} is added`,
    perform: (stage) => addPerson(stage, name),
  }));
  const channels = (Object.keys(CHANNELS) as ChannelName[]).map((name): TimedAct => ({
    at: 0,
    what: `the channel ${name} is added`,
    perform: (stage) => addChannel(stage, name),
  }));
  return [...people, ...channels].map((act, index) => ({
    ...act,
    at: start + (index + 1) * 6 * MINUTE + unevenness(act.what),
  }));
};
