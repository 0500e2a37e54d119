import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { StoryEntry } from '#workflows/contract/reply.contract.ts';
import type { ReplyId } from '#workflows/identifiers.ts';
import { client, desk } from '../api/client.ts';
import { useCommand } from '../api/command.ts';
import { errorInWords } from '../api/errors.ts';
import { Button } from '../design/button.tsx';
import { Icon, type IconName } from '../design/icon.tsx';
import { Blank } from '../design/pane-state.tsx';
import { SkeletonLines, useIsSlow } from '../design/skeleton.tsx';
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

const Entry = ({ entry }: { entry: StoryEntry }) => {
  const say = useWords();
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
    </>
  );
};

const QUIET = new Set(['reply.claimed', 'publication.attempted']);

const dayOf = (at: string): string => new Date(at).toDateString();

/** Everything that happened with a reply, in order, each with who signed it. */
export const StoryList = ({ reply }: { reply: ReplyId }) => {
  const say = useWords();
  const query = useQuery(desk.reply.story.queryOptions({ input: { reply } }));
  const [showsAll, setShowsAll] = useState(false);
  const isSlow = useIsSlow(query.isPending);
  const exporting = useCommand(client.journal.exportStory);
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
  const { entries } = query.data;
  const shown = showsAll ? entries : entries.filter(({ type }) => !QUIET.has(type));
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <div className="fit-story">
      <div className="tools">
        <h2>{say('story.title')}</h2>
        <span className="label">{say('story.times', { timeZone: timeZone.replaceAll('_', ' ') })}</span>
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
        <Button
          size="small"
          icon="download"
          isBusy={exporting.isPending}
          onClick={() => {
            exporting.mutate(
              { reply, timeZone },
              {
                onSuccess: ({ html, fileName }) => {
                  saveFile(fileName, html, 'text/html');
                },
              },
            );
          }}
        >
          {say('story.export')}
        </Button>
        <Button
          size="small"
          icon="print"
          isBusy={exporting.isPending}
          onClick={() => {
            exporting.mutate(
              { reply, timeZone },
              {
                onSuccess: ({ html }) => {
                  printPage(html);
                },
              },
            );
          }}
        >
          {say('story.print')}
        </Button>
      </div>
      {exporting.isError ? (
        <p className="bad" role="alert">
          {errorInWords(say, exporting.error)}
        </p>
      ) : null}
      <ol className="story">
        {shown.map((entry, index) => {
          const isNewDay = index === 0 || dayOf(shown[index - 1]?.at ?? '') !== dayOf(entry.at);
          return (
            <li key={entry.seq}>
              {isNewDay ? <span className="day">{say.date(entry.at)}</span> : null}
              <Entry entry={entry} />
            </li>
          );
        })}
      </ol>
    </div>
  );
};
