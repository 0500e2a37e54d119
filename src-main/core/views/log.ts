import type { LogFilter, LogRow, LogView } from '#workflows/contract/journal.contract.ts';
import type { ChannelId, PersonId } from '#workflows/identifiers.ts';
import type { Desk } from '../desk.ts';
import type { RowKind } from '../../journal/log-rows.ts';
import { countViews, isInView, rowFilterOf, type LogSelection } from '../log-index.ts';
import { aboutOf, channelOf, requireKnown } from './about.ts';
import { searchLog } from './log-search.ts';
import { actorView } from './references.ts';
import { contentHashIn, storyValues } from './story.ts';

const logRow = (desk: Desk, seq: number): LogRow => {
  const read = desk.journal.read(seq);
  desk.journal.log.check(read);
  const record = requireKnown(read);
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

const countTypes = (selection: LogSelection, view: LogView): { type: string; count: number }[] => {
  const counts = new Map<string, number>();
  for (const [kind, count] of selection.kinds()) {
    if (isInView(view, kind)) counts.set(kind.type, (counts.get(kind.type) ?? 0) + count);
  }
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

/** One page of the log under a filter, newest first, and how much each view holds under it. @throws as the signal says */
export const logView = async (
  desk: Desk,
  filter: LogFilter,
  page: { offset: number; limit: number },
  signal?: AbortSignal,
): Promise<LogPage> => {
  const selection =
    filter.text === '' ? await desk.log.tally(rowFilterOf(filter), signal) : await searchLog(desk, filter, signal);
  const { view, type } = filter;
  const isWanted = (kind: RowKind): boolean => isInView(view, kind) && (type === null || kind.type === type);
  const types = countTypes(selection, view);
  return {
    total: types.reduce((total, each) => (type === null || each.type === type ? total + each.count : total), 0),
    rows: selection.page(isWanted, page).map((seq) => logRow(desk, seq)),
    counts: countViews(selection),
    types,
    people: [...desk.tables.people.values()].map(({ id, name }) => ({ id, name })).sort(byName),
    channels: [...desk.tables.channels.values()].map(({ id, name }) => ({ id, name })).sort(byName),
  };
};
