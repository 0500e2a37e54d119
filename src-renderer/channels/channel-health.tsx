import { Link } from '@tanstack/react-router';
import type { useMutation } from '@tanstack/react-query';
import type { ChannelView } from '#workflows/contract/channel.contract.ts';
import type { ReplyId } from '#workflows/identifiers.ts';
import { errorInWords } from '../api/errors.ts';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { bareId } from '../app/addresses.ts';
import { lacksPassword } from './channel-words.ts';
import { useNow } from '../words/use-now.ts';
import { useWords, type Words } from '../words/use-words.ts';

/** A test of the connection: under way, done, or refused. */
export type ConnectionTest = Pick<
  ReturnType<typeof useMutation<{ checkedAt: string; handle: string }>>,
  'data' | 'error' | 'isPending'
> & { readonly run: () => void };

const ReplyLink = ({ reply }: { reply: ReplyId }) => {
  const say = useWords();
  return (
    <Link className="link" to="/queue/$queue/$reply" params={{ queue: 'open', reply: bareId(reply) }}>
      {say('channel.openReply')}
    </Link>
  );
};

const nextStep = (say: Words, retryAt: string | null, now: number): string => {
  if (retryAt === null) return say('channel.trouble.looks');
  return Date.parse(retryAt) <= now
    ? say('channel.trouble.now')
    : say('channel.trouble.retry', { at: say.clock(retryAt) });
};

const Trouble = ({ trouble }: { trouble: NonNullable<ChannelView['trouble']> }) => {
  const say = useWords();
  const now = useNow();
  const cause = say(`cause.${trouble.cause}`);
  return (
    <>
      <span className="state warn wrap" title={say.exact(trouble.attemptedAt)}>
        <Icon name="warn" size="small" />
        {say('channel.trouble.at', { cause, at: say.moment(trouble.attemptedAt) })}
      </span>{' '}
      {nextStep(say, trouble.retryAt, now)} <ReplyLink reply={trouble.reply} />
    </>
  );
};

const Connection = ({ channel, test }: { channel: ChannelView; test: ConnectionTest }) => {
  const say = useWords();
  if (channel.kind === 'sandbox') return say('channel.connection.practice');
  if (test.isPending)
    return <span className="soft">{say('channel.connection.testing', { service: channel.service ?? '' })}</span>;
  if (test.error)
    return (
      <span className="state bad wrap">
        <Icon name="stop" size="small" />
        {errorInWords(say, test.error)}
      </span>
    );
  if (!test.data) return <span className="soft">{say('channel.connection.notTested')}</span>;
  const { handle, checkedAt } = test.data;
  return handle === channel.handle ? (
    <span className="state ok wrap">
      <Icon name="check-circle" size="small" />
      {say('channel.connection.works', { handle, at: say.moment(checkedAt) })}
    </span>
  ) : (
    <span className="state warn wrap">
      <Icon name="warn" size="small" />
      {say('channel.connection.renamed', { handle })}
    </span>
  );
};

/** Whether replies get through: the last one, what waits, what failed, and the connection itself. */
export const ChannelHealth = ({
  channel,
  test,
  mayManage,
}: {
  channel: ChannelView;
  test: ConnectionTest;
  mayManage: boolean;
}) => {
  const say = useWords();
  const { lastPublished, waiting, trouble, kind } = channel;
  return (
    <section className="section">
      <h2>{say('channel.health')}</h2>
      <dl className="facts" aria-live="polite">
        <dt>{say('channel.lastPublished')}</dt>
        <dd>
          {lastPublished ? (
            <>
              <span title={say.exact(lastPublished.at)}>
                {say('channel.lastPublished.at', { at: say.moment(lastPublished.at) })}
              </span>{' '}
              <ReplyLink reply={lastPublished.reply} />
            </>
          ) : (
            <span className="soft">{say('channel.lastPublished.none')}</span>
          )}
        </dd>
        <dt>{say('channel.outbox')}</dt>
        <dd>{say('channel.outbox.waits', { count: waiting })}</dd>
        <dt>{say('channel.trouble')}</dt>
        <dd>{trouble ? <Trouble trouble={trouble} /> : <span className="soft">{say('channel.trouble.none')}</span>}</dd>
        {channel.isRemoved ? null : (
          <>
            <dt>{say('channel.connection')}</dt>
            <dd>
              <Connection channel={channel} test={test} />
            </dd>
          </>
        )}
      </dl>
      {mayManage && kind !== 'sandbox' && !lacksPassword(channel) ? (
        <p className="section-act">
          <Button kind="lined" isBusy={test.isPending} onClick={test.run}>
            {say('channel.test')}
          </Button>
        </p>
      ) : null}
    </section>
  );
};
