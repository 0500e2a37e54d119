import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { PolicyContent } from '#workflows/policy/policy.ts';
import { desk } from '../api/client.ts';
import { useWords } from '../words/use-words.ts';
import { minutesInWords } from './condition-words.ts';

const Promises = () => {
  const say = useWords();
  const channels = (useQuery(desk.channel.list.queryOptions()).data?.channels ?? []).filter(
    ({ isRemoved }) => !isRemoved,
  );
  return (
    <>
      <h3>{say('policy.promise')}</h3>
      <p className="soft">
        {say(channels.length === 0 ? 'policy.promise.none' : 'policy.promise.lead')}{' '}
        <Link to="/channels">{say('place.channels')}</Link>
      </p>
      {channels.length === 0 ? null : (
        <table className="table policy-table promises">
          <thead>
            <tr>
              <th scope="col">{say('policy.promise.channel')}</th>
              <th scope="col">{say('policy.promise.acknowledge')}</th>
              <th scope="col">{say('policy.promise.answer')}</th>
            </tr>
          </thead>
          <tbody>
            {channels.map(({ id, name, promise }) => (
              <tr key={id}>
                <th scope="row">
                  <bdi>{name}</bdi>
                </th>
                <td>{minutesInWords(say, promise.acknowledgeMinutes)}</td>
                <td>{minutesInWords(say, promise.answerMinutes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
};

/** Limits and times of the policy, each in a sentence; beside them what the channels promise. */
export const PolicyTimes = ({ content }: { content: PolicyContent }) => {
  const say = useWords();
  return (
    <section className="policy-section" id="policy-time" aria-labelledby="policy-time-title">
      <h2 id="policy-time-title">{say('policy.time')}</h2>
      <dl className="sentences">
        <dt>{say('policy.atRisk')}</dt>
        <dd>{say('policy.atRisk.text', { span: minutesInWords(say, content.atRiskMinutes) })}</dd>
        <dt>{say('policy.validity')}</dt>
        <dd>{say('policy.validity.text', { span: minutesInWords(say, content.approvalValidityHours * 60) })}</dd>
        <dt>{say('policy.deviation')}</dt>
        <dd>{say('policy.deviation.text', { percent: content.deviationLimit })}</dd>
        <dt>{say('policy.release')}</dt>
        <dd>{say(content.authorMayRelease ? 'policy.release.author' : 'policy.release.other')}</dd>
      </dl>
      <Promises />
    </section>
  );
};

/** How often the passphrase is asked for, and when a desk locks. */
export const PolicySigning = ({ content }: { content: PolicyContent }) => {
  const say = useWords();
  const { passphraseMinutes, idleLockMinutes } = content;
  return (
    <section className="policy-section" id="policy-signing" aria-labelledby="policy-signing-title">
      <h2 id="policy-signing-title">{say('policy.signing')}</h2>
      <dl className="sentences">
        <dt>{say('policy.passphrase')}</dt>
        <dd>
          {passphraseMinutes === 0
            ? say('policy.passphrase.each')
            : say('policy.passphrase.remembered', { span: minutesInWords(say, passphraseMinutes) })}
        </dd>
        <dt>{say('policy.idle')}</dt>
        <dd>{say('policy.idle.text', { span: minutesInWords(say, idleLockMinutes) })}</dd>
      </dl>
    </section>
  );
};
