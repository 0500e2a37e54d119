import { Link } from '@tanstack/react-router';
import type { ChannelView } from '#workflows/contract/channel.contract.ts';
import { Icon } from '../design/icon.tsx';
import { useWords } from '../words/use-words.ts';
import { bareChannelId, lacksPassword, minutesInWords } from './channel-words.ts';
import { USUAL_APP_VIEW, USUAL_DIRECTORY } from './usual-addresses.ts';

const Address = ({ address, usual }: { address: string | null; usual?: string }) => {
  const say = useWords();
  if (address) return <span className="mono">{address}</span>;
  return <span className="soft">{say('channel.usual', { address: usual ?? '' })}</span>;
};

const Account = ({ channel }: { channel: ChannelView }) => {
  const say = useWords();
  const { kind, handle, account, service, appView, directory, isRemoved, id } = channel;
  return (
    <section className="section">
      <h2>{say('channel.account')}</h2>
      <dl className="facts">
        <dt>{say('channel.handle')}</dt>
        <dd>
          <bdi>@{handle}</bdi>
        </dd>
        {kind === 'bluesky' ? (
          <>
            <dt>{say('channel.accountId')}</dt>
            <dd className="mono">{account}</dd>
            <dt>{say('channel.service')}</dt>
            <dd>
              <Address address={service} />
            </dd>
            <dt>{say('channel.appView')}</dt>
            <dd>
              <Address address={appView} usual={USUAL_APP_VIEW} />
            </dd>
            <dt>{say('channel.directory')}</dt>
            <dd>
              <Address address={directory} usual={USUAL_DIRECTORY} />
            </dd>
            {isRemoved ? null : (
              <>
                <dt>{say('channel.password')}</dt>
                <dd>
                  {lacksPassword(channel) ? (
                    <span className="state bad wrap">
                      <Icon name="key" size="small" />
                      {say('channel.password.missing')}
                    </span>
                  ) : (
                    <span className="state wrap">
                      <Icon name="lock" size="small" />
                      {say('channel.password.kept')}
                    </span>
                  )}
                </dd>
              </>
            )}
          </>
        ) : null}
      </dl>
      {kind === 'sandbox' && !isRemoved ? (
        <p className="section-act">
          <Link className="button lined" to="/practice" search={{ channel: bareChannelId(id) }}>
            {say('channel.practiceLink')}
          </Link>
        </p>
      ) : null}
    </section>
  );
};

/** The account, what one post holds, and what the company promises there. */
export const ChannelFacts = ({ channel }: { channel: ChannelView }) => {
  const say = useWords();
  const { limits, promise } = channel;
  const limit = (value: number | null): string => (value === null ? say('channel.limits.none') : say.number(value));
  return (
    <>
      <Account channel={channel} />
      <section className="section">
        <h2>{say('channel.limits')}</h2>
        <dl className="facts">
          <dt>{say('channel.limits.characters')}</dt>
          <dd>{limit(limits.graphemes)}</dd>
          <dt>{say('channel.limits.bytes')}</dt>
          <dd>{limit(limits.bytes)}</dd>
        </dl>
      </section>
      <section className="section">
        <h2>{say('channel.promise')}</h2>
        <dl className="facts">
          <dt>{say('channel.promise.acknowledge')}</dt>
          <dd>{say('channel.promise.within', { span: minutesInWords(say, promise.acknowledgeMinutes) })}</dd>
          <dt>{say('channel.promise.answer')}</dt>
          <dd>{say('channel.promise.within', { span: minutesInWords(say, promise.answerMinutes) })}</dd>
        </dl>
      </section>
    </>
  );
};
