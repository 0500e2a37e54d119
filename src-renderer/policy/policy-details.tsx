import { Link } from '@tanstack/react-router';
import type { PolicyVersionView } from '#workflows/contract/policy.contract.ts';
import { ReviewsSection } from '../approval/reviews-section.tsx';
import { SidePane } from '../design/side-pane.tsx';
import { usePast } from '../history/past.tsx';
import { useWords } from '../words/use-words.ts';

/** The right pane: who approved a version, how it came about, and who may do what. */
export const PolicyDetails = ({
  version,
  isOpen,
  onClose,
}: {
  version: PolicyVersionView;
  isOpen: boolean;
  onClose: () => void;
}) => {
  const say = useWords();
  const isNow = usePast() === null;
  const { authors, revisedAt, submittedAt, approvedAt, contentHash } = version;
  const times = [
    ['templates.fact.saved', revisedAt],
    ['templates.fact.submitted', submittedAt],
    ['version.state.approved', approvedAt],
  ] as const;
  return (
    <SidePane title={say('policy.details')} isOpen={isOpen} onClose={onClose}>
      <ReviewsSection version={version} />
      <section className="section">
        <h2>{say('policy.facts')}</h2>
        <dl className="facts">
          <dt>{say('templates.fact.authors')}</dt>
          <dd>{say.list(authors.map(({ name }) => name))}</dd>
          {times.map(([word, at]) =>
            at ? (
              <div key={word} style={{ display: 'contents' }}>
                <dt>{say(word)}</dt>
                <dd title={say.exact(at)}>{say.moment(at)}</dd>
              </div>
            ) : null,
          )}
          <dt>{say('templates.fact.fingerprint')}</dt>
          <dd className="hash" title={say('templates.fingerprint.hint', { hash: contentHash })}>
            {contentHash.slice(0, 4)} {contentHash.slice(4, 8)}
          </dd>
        </dl>
        {isNow && approvedAt ? (
          <p className="line acts">
            <Link className="button lined" to="/as-of/$moment/policy" params={{ moment: approvedAt }}>
              {say('history.ways.policy')}
            </Link>
          </p>
        ) : null}
      </section>
      <section className="section">
        <h2>{say('policy.who')}</h2>
        <p className="soft">{say('policy.who.text')}</p>
      </section>
    </SidePane>
  );
};
