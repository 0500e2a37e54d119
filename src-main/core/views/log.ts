import type { LogFilter, LogRow, LogView } from '#workflows/contract/journal.contract.ts';
import type { ChannelId, PersonId } from '#workflows/identifiers.ts';
import type { Desk } from '../desk.ts';
import { countViews, isInView, type LogEntry } from '../log-index.ts';
import { aboutOf, channelOf, requireKnown } from './about.ts';
import { searchLog } from './log-search.ts';
import { actorView } from './references.ts';
import { contentHashIn, storyValues } from './story.ts';

const logRow = (desk: Desk, seq: number): LogRow => {
  const record = requireKnown(desk.journal.read(seq));
  return {
    seq,
    at: record.at,
    actor: actorView(desk, record.actor),
    type: record.type,
    subject: record.subject,
    on: aboutOf(desk, record),
    channel: channelOf(desk, record),
    values: storyValues(desk, record),
    contentHash: contentHashIn(record),
  };
};

const countTypes = (entries: readonly LogEntry[]): { type: string; count: number }[] => {
  const counts = new Map<string, number>();
  for (const { type } of entries) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts].map(([type, count]) => ({ type, count })).sort((a, b) => a.type.localeCompare(b.type));
};

const byName = (a: { name: string }, b: { name: string }): number => a.name.localeCompare(b.name);

interface LogPage {
  total: number;
  rows: LogRow[];
  counts: Record<LogView, number>;
  types: { type: string; count: number }[];
  people: { id: PersonId; name: string }[];
  channels: { id: ChannelId; name: string }[];
}

/** One page of the log under a filter, newest first, and how much each view holds under it. */
export const logView = async (
  desk: Desk,
  filter: LogFilter,
  { offset, limit }: { offset: number; limit: number },
): Promise<LogPage> => {
  const selected = desk.log.select(filter);
  const found = filter.text === '' ? selected : await searchLog(desk, selected, filter.text);
  const inView = found.filter((entry) => isInView(filter.view, entry));
  const entries = filter.type === null ? inView : inView.filter(({ type }) => type === filter.type);
  const end = entries.length - offset;
  return {
    total: entries.length,
    rows: entries
      .slice(Math.max(0, end - limit), Math.max(0, end))
      .reverse()
      .map(({ seq }) => logRow(desk, seq)),
    counts: countViews(found),
    types: countTypes(inView),
    people: [...desk.tables.people.values()].map(({ id, name }) => ({ id, name })).sort(byName),
    channels: [...desk.tables.channels.values()].map(({ id, name }) => ({ id, name })).sort(byName),
  };
};
