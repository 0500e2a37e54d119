import type { PolicyContent, RouteRule, TermRule } from '#workflows/policy/policy.ts';
import { Icon, type IconName } from '../design/icon.tsx';
import { useWords } from '../words/use-words.ts';
import { conditionInWords, type Names } from './condition-words.ts';
import { WordList } from './word-list.tsx';

const When = ({ rule, names }: { rule: RouteRule; names: Names }) => {
  const say = useWords();
  const parts = conditionInWords(say, rule.when, names);
  const [only] = parts;
  return (
    <>
      {parts.length === 0 ? (
        say('policy.when.always')
      ) : parts.length === 1 ? (
        only
      ) : (
        <>
          {say('policy.when.all')}
          <ul className="all-of">
            {parts.map((part) => (
              <li key={part}>{part}</li>
            ))}
          </ul>
        </>
      )}
      {rule.when.words ? <WordList words={rule.when.words} /> : null}
    </>
  );
};

/** Which reviews a reply needs, rule by rule. */
export const RouteRules = ({ content, names }: { content: PolicyContent; names: Names }) => {
  const say = useWords();
  const approve = (reviews: readonly string[]): string =>
    say('policy.then.approve', { reviews, count: reviews.length });
  return (
    <section className="policy-section" id="policy-routes" aria-labelledby="policy-routes-title">
      <h2 id="policy-routes-title">{say('policy.routes')}</h2>
      <p className="soft">{say('policy.routes.lead')}</p>
      <table className="table policy-table">
        <thead>
          <tr>
            <th scope="col">{say('policy.rule')}</th>
            <th scope="col">{say('policy.when')}</th>
            <th scope="col">{say('policy.then')}</th>
            <th scope="col">{say('policy.why')}</th>
          </tr>
        </thead>
        <tbody>
          {content.rules.map((rule) => (
            <tr key={rule.id}>
              <th scope="row">{rule.id}</th>
              <td>
                <When rule={rule} names={names} />
              </td>
              <td>{approve(rule.require.map((review) => say(`review.${review}`)))}</td>
              <td dir="auto">{rule.reason}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">D-1</th>
            <td>{say('policy.routes.otherwise')}</td>
            <td>{approve([say('review.comms'), say('review.legal')])}</td>
            <td>{say('policy.routes.otherwise.text')}</td>
          </tr>
        </tbody>
      </table>
      <p className="soft">{say(`policy.order.${content.order}`)}</p>
    </section>
  );
};

const SEVERITY: Readonly<Record<TermRule['severity'], { icon: IconName; tone: string }>> = {
  note: { icon: 'chat', tone: '' },
  warn: { icon: 'warn', tone: 'warn' },
  block: { icon: 'stop', tone: 'bad' },
};

const Severity = ({ severity }: { severity: TermRule['severity'] }) => {
  const say = useWords();
  const { icon, tone } = SEVERITY[severity];
  return (
    <span className="state">
      <Icon name={icon} size="small" className={tone} />
      {say(`policy.severity.${severity}`)}
    </span>
  );
};

/** Words that the company watches, and what follows when a text has them. */
export const TermRules = ({ content, names }: { content: PolicyContent; names: Names }) => {
  const say = useWords();
  return (
    <section className="policy-section" id="policy-terms" aria-labelledby="policy-terms-title">
      <h2 id="policy-terms-title">{say('policy.terms')}</h2>
      <p className="soft">{say(content.terms.length === 0 ? 'policy.terms.none' : 'policy.terms.lead')}</p>
      {content.terms.length === 0 ? null : (
        <table className="table policy-table terms">
          <thead>
            <tr>
              <th scope="col">{say('policy.rule')}</th>
              <th scope="col">{say('policy.terms.words')}</th>
              <th scope="col">{say('policy.terms.effect')}</th>
              <th scope="col">{say('policy.terms.reason')}</th>
            </tr>
          </thead>
          <tbody>
            {content.terms.map(({ id, words, languages, severity, reason, suggestion }) => (
              <tr key={id}>
                <th scope="row">{id}</th>
                <td>
                  <WordList words={words} />
                  {languages ? (
                    <span className="label more">
                      {say('policy.terms.in', { languages: languages.map(names.language) })}
                    </span>
                  ) : null}
                </td>
                <td>
                  <Severity severity={severity} />
                </td>
                <td>
                  <span dir="auto">{reason}</span>
                  {suggestion ? (
                    <span className="label more" dir="auto">
                      {say('policy.terms.suggestion', { words: suggestion })}
                    </span>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <h3>{say('policy.checks')}</h3>
      <p className="soft">{say('policy.checks.lead')}</p>
      <ul className="always">
        {(['empty', 'slots', 'length', 'characters'] as const).map((check) => (
          <li key={check} className="line">
            <Icon name="stop" size="small" className="bad" />
            {say(`policy.check.${check}`)}
          </li>
        ))}
      </ul>
    </section>
  );
};
