import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { RecordView } from '#workflows/contract/journal.contract.ts';
import { desk } from '../api/client.ts';
import { errorInWords, toDeskError } from '../api/errors.ts';
import { useOverview } from '../app/use-overview.ts';
import { Button, IconButton } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { Blank } from '../design/pane-state.tsx';
import { SkeletonLines, useIsSlow } from '../design/skeleton.tsx';
import { bareId } from '../app/addresses.ts';
import { storyInWords } from '../words/story-words.ts';
import { useWords } from '../words/use-words.ts';
import { onInWords, signOf } from './act-words.ts';
import { ContentSection } from './content-section.tsx';
import { CopyButton } from './copy-button.tsx';
import { HashValue } from './hash-value.tsx';
import type { LogSearch } from './log-address.ts';
import { ProofSection } from './proof-section.tsx';
import { WrittenDialog } from './written-dialog.tsx';

interface RecordPaneProps {
  readonly seq: number;
  readonly search: LogSearch;
  readonly command: string | null;
  readonly onClose: () => void;
}

const Facts = ({ record }: { record: RecordView }) => {
  const say = useWords();
  const { actor, reads, contentHash, channel, proof, chain, signature } = record;
  return (
    <dl className="facts log-facts">
      <dt>{say('log.record.written')}</dt>
      <dd>{say.exact(record.at)}</dd>
      <dt>{say('log.record.actingAs')}</dt>
      <dd>{actor.kind === 'person' ? say(`role.${actor.role}`) : say('log.record.byDesk')}</dd>
      <dt>{say('log.record.on')}</dt>
      <dd>
        <bdi>{onInWords(say, record)}</bdi>
      </dd>
      {channel ? (
        <>
          <dt>{say('log.record.channel')}</dt>
          <dd>{channel}</dd>
        </>
      ) : null}
      {contentHash ? (
        <>
          <dt>{say('log.record.approves')}</dt>
          <dd>
            <HashValue name={say('log.hash.text')} value={contentHash} />
          </dd>
        </>
      ) : null}
      {reads.length > 0 ? (
        <>
          <dt>{say('log.record.reliedOn')}</dt>
          <dd>
            {say.list(
              reads.map(({ subject, count }) =>
                say('log.record.reads', { name: subject.split('/')[0] ?? subject, count }),
              ),
            )}
          </dd>
        </>
      ) : null}
      <dt>{say('log.hash.record')}</dt>
      <dd>
        <HashValue name={say('log.hash.record')} value={proof.leafHash} />
      </dd>
      {chain.previous === null ? null : (
        <>
          <dt>{say('log.hash.previous')}</dt>
          <dd>
            <HashValue name={say('log.hash.previous')} value={chain.parent} />
          </dd>
        </>
      )}
      {signature ? (
        <>
          <dt>{say('log.hash.key')}</dt>
          <dd>
            <HashValue name={say('log.hash.key')} value={signature.keyId} />
          </dd>
        </>
      ) : null}
    </dl>
  );
};

const Around = ({ record, search }: { record: RecordView; search: LogSearch }) => {
  const say = useWords();
  if (record.neighbours.length < 2) return null;
  return (
    <section className="section">
      <h2>{say('log.around')}</h2>
      <ul className="checks">
        {record.neighbours.map((neighbour) => {
          const { icon, tone } = signOf(neighbour);
          const words = storyInWords(say, neighbour);
          return (
            <li key={neighbour.seq}>
              <Icon name={icon} className={tone} />
              {neighbour.seq === record.seq ? (
                <b>{words}</b>
              ) : (
                <Link className="quiet" to="/log/$seq" params={{ seq: String(neighbour.seq) }} search={search}>
                  {words}
                </Link>
              )}
              <span className="label figure">{say.number(neighbour.seq)}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
};

const AsOfRecord = ({ record: { seq, reply } }: { record: RecordView }) => {
  const say = useWords();
  const moment = String(seq);
  return (
    <section className="section">
      <h2>{say('history.ways')}</h2>
      <p className="soft">{say('history.ways.lead')}</p>
      <p className="line acts">
        <Link className="button lined" to="/as-of/$moment/queue/$queue" params={{ moment, queue: 'open' }}>
          {say('history.ways.desk')}
        </Link>
        {reply ? (
          <Link
            className="button lined"
            to="/as-of/$moment/queue/$queue/$reply"
            params={{ moment, queue: 'open', reply: bareId(reply) }}
          >
            {say('history.ways.reply')}
          </Link>
        ) : null}
      </p>
    </section>
  );
};

const Head = ({ seq, onClose }: { seq: number; onClose: () => void }) => {
  const say = useWords();
  return (
    <h2>
      {say('log.record', { seq })}
      <IconButton icon="close" label={say('log.keys.close')} onClick={onClose} />
    </h2>
  );
};

const Known = ({ record, search, command, onClose }: RecordPaneProps & { record: RecordView }) => {
  const say = useWords();
  const [isWrittenOpen, setIsWrittenOpen] = useState(false);
  const { seq, text, reply } = record;
  return (
    <>
      <section className="section">
        <Head seq={seq} onClose={onClose} />
        <p className="sentence">
          <b>{storyInWords(say, record)}</b>
        </p>
        {text ? (
          <p className="soft said" dir="auto">
            “{text}”
          </p>
        ) : null}
        <Facts record={record} />
        {reply ? (
          <p className="line acts">
            <Link
              className="button lined"
              to="/queue/$queue/$reply"
              params={{ queue: 'open', reply: bareId(reply) }}
              search={{ view: 'story' }}
            >
              {say('log.record.openReply')}
            </Link>
            <Link className="button" to="/log/$seq" params={{ seq: String(seq) }} search={{ reply }}>
              {say('log.record.wholeStory')}
            </Link>
          </p>
        ) : null}
      </section>
      <ProofSection record={record} />
      <ContentSection record={record} />
      <AsOfRecord record={record} />
      <Around record={record} search={search} />
      <section className="section">
        <h2>{say('log.written')}</h2>
        <p className="soft">{say('log.written.lead')}</p>
        <p className="line acts">
          <Button
            kind="lined"
            onClick={() => {
              setIsWrittenOpen(true);
            }}
          >
            {say('log.written.show')}
          </Button>
          {command === null ? null : <CopyButton text={command} label={say('log.copyCommand')} />}
        </p>
      </section>
      {isWrittenOpen ? (
        <WrittenDialog
          record={record}
          onClose={() => {
            setIsWrittenOpen(false);
          }}
        />
      ) : null}
    </>
  );
};

/** One record in words, why it can be believed, what stands around it, and its bytes. */
export const RecordPane = (props: RecordPaneProps) => {
  const say = useWords();
  const { seq, onClose } = props;
  const query = useQuery(desk.journal.record.queryOptions({ input: { seq } }));
  const isSlow = useIsSlow(query.isPending);
  const newest = (useOverview()?.journal.size ?? 1) - 1;
  if (query.data) return <Known {...props} record={query.data} />;
  if (query.isPending) {
    return (
      <section className="section">
        <Head seq={seq} onClose={onClose} />
        {isSlow ? <SkeletonLines label={say('state.loading')} lines={9} /> : null}
      </section>
    );
  }
  const isMissing = toDeskError(query.error).code === 'NOT_FOUND';
  return (
    <>
      <section className="section">
        <Head seq={seq} onClose={onClose} />
      </section>
      <Blank
        icon={isMissing ? 'search' : 'stop'}
        isBad={!isMissing}
        title={say(isMissing ? 'log.record.notFound' : 'log.record.unreadable')}
        acts={
          isMissing ? (
            <Button kind="lined" onClick={onClose}>
              {say('log.keys.close')}
            </Button>
          ) : (
            <Button kind="lined" onClick={() => void query.refetch()}>
              {say('act.tryAgain')}
            </Button>
          )
        }
      >
        {isMissing ? say('log.record.notFound.text', { newest }) : errorInWords(say, query.error)}
      </Blank>
    </>
  );
};
