import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { StoryEntry } from '#workflows/contract/reply.contract.ts';
import type { ReplyId } from '#workflows/identifiers.ts';
import { client, desk } from '../api/client.ts';
import { useCommand } from '../api/command.ts';
import { errorInWords } from '../api/errors.ts';
import { bareId } from '../app/addresses.ts';
import { Button } from '../design/button.tsx';
import { Icon, type IconName } from '../design/icon.tsx';
import { Blank } from '../design/pane-state.tsx';
import { SkeletonLines, useIsSlow } from '../design/skeleton.tsx';
import { usePast } from '../history/past.tsx';
import { useWords } from '../words/use-words.ts';
import { storyInWords } from '../words/story-words.ts';
import { printPage } from './print-page.ts';
import { saveFile } from './save-file.ts';

const ICON_OF: Readonly<Record<string, IconName>> = {
  'mention.captured': 'inbox',
  'reply.opened': 'chat',
  'reply.claimed': 'people',
  'reply.revised': 'pen',
  'reply.submitted': 'send',
  'reply.approved': 'check-circle',
  'reply.changesRequested': 'back',
  'reply.rejected': 'close',
  'reply.recalled': 'back',
  'reply.withdrawn': 'close',
  'reply.released': 'check',
  'reply.scheduled': 'clock',
  'reply.unscheduled': 'clock',
  'reply.closed': 'check',
  'reply.breached': 'warn',
  'reply.escalated': 'clock',
  'publication.attempted': 'send',
  'publication.succeeded': 'globe',
  'publication.observed': 'eye',
  'publication.failed': 'stop',
  'publication.unknown': 'warn',
  'hold.placed': 'lock',
  'hold.lifted': 'lock',
};

const toneOf = ({ type, values }: StoryEntry): string => {
  if (type === 'reply.approved') return 'ok';
  if (type === 'publication.observed') return values.outcome === 'same' ? 'ok' : 'warn';
  return type === 'reply.rejected' || type === 'publication.failed' ? 'bad' : '';
};

const Entry = ({ reply, entry }: { reply: ReplyId; entry: StoryEntry }) => {
  const say = useWords();
  const asOf = say('story.asOf', { seq: entry.seq });
  return (
    <>
      <time dateTime={entry.at} title={say.exact(entry.at)}>
        {say.clockToTheSecond(entry.at)}
      </time>
      <Icon name={ICON_OF[entry.type] ?? 'dot'} className={toneOf(entry)} />
      <span>
        {storyInWords(say, entry)}
        {entry.text ? (
          <span className="more" dir="auto">
            “{entry.text}”
          </span>
        ) : null}
      </span>
      <span className="line ways">
        <Link
          className="label"
          to="/log/$seq"
          params={{ seq: String(entry.seq) }}
          title={say('story.toRecord', { seq: say.number(entry.seq) })}
        >
          {entry.keyId && entry.actor.kind === 'person' ? (
            <>
              <Icon name="key" size="small" />
              {entry.actor.name}
            </>
          ) : (
            say('story.byDesk')
          )}
        </Link>
        <Link
          className="button icon-only"
          to="/as-of/$moment/queue/$queue/$reply"
          params={{ moment: String(entry.seq), queue: 'open', reply: bareId(reply) }}
          aria-label={asOf}
          title={asOf}
        >
          <Icon name="clock" size="small" />
        </Link>
      </span>
    </>
  );
};

const QUIET = new Set(['reply.claimed', 'publication.attempted']);

const dayOf = (at: string): string => new Date(at).toDateString();

/** Entries of a story by day; in the past, the one that is looked back to is marked. */
export const StoryEntries = ({
  reply,
  entries,
  acts,
}: {
  reply: ReplyId;
  entries: readonly StoryEntry[];
  /** What may be done with the whole story. */
  acts?: ReactNode;
}) => {
  const say = useWords();
  const past = usePast();
  const [showsAll, setShowsAll] = useState(false);
  const shown = showsAll ? entries : entries.filter(({ type, seq }) => !QUIET.has(type) || seq === past?.asOf);
  return (
    <div className="fit-story">
      <div className="tools">
        <h2>{say('story.title')}</h2>
        <span className="label">{say('story.times', { timeZone: timeZoneHere().replaceAll('_', ' ') })}</span>
        <span className="grow" />
        {entries.length > shown.length || showsAll ? (
          <Button
            size="small"
            onClick={() => {
              setShowsAll(!showsAll);
            }}
          >
            {say(showsAll ? 'story.fewer' : 'story.all', { count: entries.length })}
          </Button>
        ) : null}
        {acts}
      </div>
      <ol className="story">
        {shown.map((entry, index) => {
          const isNewDay = index === 0 || dayOf(shown[index - 1]?.at ?? '') !== dayOf(entry.at);
          return (
            <li key={entry.seq} aria-current={entry.seq === past?.asOf ? 'step' : undefined}>
              {isNewDay ? <span className="day">{say.date(entry.at)}</span> : null}
              <Entry reply={reply} entry={entry} />
            </li>
          );
        })}
      </ol>
    </div>
  );
};

const timeZoneHere = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Saves or prints the story with its proofs; that it was taken out is recorded. */
const ExportActs = ({ reply }: { reply: ReplyId }) => {
  const say = useWords();
  const exporting = useCommand(client.journal.exportStory);
  const input = { reply, timeZone: timeZoneHere() };
  return (
    <>
      <Button
        size="small"
        icon="download"
        isBusy={exporting.isPending}
        onClick={() => {
          exporting.mutate(input, {
            onSuccess: ({ html, fileName }) => {
              saveFile(fileName, html, 'text/html');
            },
          });
        }}
      >
        {say('story.export')}
      </Button>
      <Button
        size="small"
        icon="print"
        isBusy={exporting.isPending}
        onClick={() => {
          exporting.mutate(input, {
            onSuccess: ({ html }) => {
              printPage(html);
            },
          });
        }}
      >
        {say('story.print')}
      </Button>
      {exporting.isError ? (
        <p className="bad" role="alert">
          {errorInWords(say, exporting.error)}
        </p>
      ) : null}
    </>
  );
};

/** Everything that happened with a reply, in order, each with who signed it. */
export const StoryList = ({ reply }: { reply: ReplyId }) => {
  const say = useWords();
  const query = useQuery(desk.reply.story.queryOptions({ input: { reply } }));
  const isSlow = useIsSlow(query.isPending);
  if (query.isPending) return isSlow ? <SkeletonLines label={say('state.loading')} /> : null;
  if (query.isError) {
    return (
      <Blank
        icon="stop"
        isBad
        title={say('story.unreadable')}
        acts={
          <Button kind="lined" onClick={() => void query.refetch()}>
            {say('act.tryAgain')}
          </Button>
        }
      >
        {errorInWords(say, query.error)}
      </Blank>
    );
  }
  return <StoryEntries reply={reply} entries={query.data.entries} acts={<ExportActs reply={reply} />} />;
};
