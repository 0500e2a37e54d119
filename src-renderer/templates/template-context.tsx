import { Link } from '@tanstack/react-router';
import type { TemplateVersionView } from '#workflows/contract/template.contract.ts';
import type { TemplatesSearch } from './templates-search.ts';
import { ReviewsSection } from '../approval/reviews-section.tsx';
import { SidePane } from '../design/side-pane.tsx';
import { VersionHistory } from '../approval/version-history.tsx';
import { bareId } from '../app/addresses.ts';
import { useWords } from '../words/use-words.ts';
import { bareTemplate } from './template-address.ts';
import type { TemplateView } from './template-screen-parts.ts';
import { useFactWords } from './use-fact-words.ts';

const Facts = ({ version }: { version: TemplateVersionView }) => {
  const say = useWords();
  const words = useFactWords();
  const { content, authors, revisedAt, submittedAt, contentHash } = version;
  return (
    <section className="section">
      <h2>{say('templates.facts')}</h2>
      <dl className="facts">
        <dt>{say('templates.fact.language')}</dt>
        <dd>{words.language(content.language)}</dd>
        <dt>{say('templates.fact.channels')}</dt>
        <dd>{words.channels(content.channels)}</dd>
        <dt>{say('templates.fact.valid')}</dt>
        <dd>{words.valid(content.validUntil)}</dd>
        <dt>{say('templates.fact.authors')}</dt>
        <dd>{say.list(authors.map(({ name }) => name))}</dd>
        <dt>{say('templates.fact.saved')}</dt>
        <dd title={say.exact(revisedAt)}>{say.moment(revisedAt)}</dd>
        {submittedAt ? (
          <>
            <dt>{say('templates.fact.submitted')}</dt>
            <dd title={say.exact(submittedAt)}>{say.moment(submittedAt)}</dd>
          </>
        ) : null}
        <dt>{say('templates.fact.fingerprint')}</dt>
        <dd className="hash" title={say('templates.fingerprint.hint', { hash: contentHash })}>
          {contentHash.slice(0, 4)} {contentHash.slice(4, 8)}
        </dd>
      </dl>
    </section>
  );
};

const UsedBy = ({ view }: { view: TemplateView }) => {
  const say = useWords();
  return (
    <section className="section">
      <h2>{say('templates.usedBy')}</h2>
      {view.usedBy.length === 0 ? (
        <p className="soft">{say('templates.usedBy.none')}</p>
      ) : (
        <ul>
          {view.usedBy.map(({ reply, version, handle, state }) => {
            const key = `reply.state.${state}`;
            return (
              <li key={reply} className="line">
                <Link className="cut" to="/queue/$queue/$reply" params={{ queue: 'open', reply: bareId(reply) }}>
                  <bdi>{handle === null ? say('reply.erasedCustomer') : `@${handle}`}</bdi>
                </Link>
                <span className="grow" />
                <span className="label">
                  {say('templates.usedBy.version', { version, state: say.has(key) ? say(key) : state })}
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
};

/** Who approved it and who can, its versions, where it is used, and who may do what. */
export const TemplateContext = ({
  view,
  version,
  search,
  isOpen,
  onClose,
}: {
  view: TemplateView;
  version: TemplateVersionView;
  search: TemplatesSearch;
  isOpen: boolean;
  onClose: () => void;
}) => {
  const say = useWords();
  return (
    <SidePane title={say('templates.details')} isOpen={isOpen} onClose={onClose}>
      <ReviewsSection version={version} />
      <VersionHistory
        versions={view.versions}
        link={(number, children) => (
          <Link
            to="/templates/$template"
            params={{ template: bareTemplate(view.id) }}
            search={{ ...search, version: number }}
            aria-current={number === version.version ? 'true' : undefined}
          >
            {children}
          </Link>
        )}
      />
      <Facts version={version} />
      <UsedBy view={view} />
      <section className="section">
        <h2>{say('templates.who')}</h2>
        <p className="soft">{say('templates.who.text')}</p>
      </section>
    </SidePane>
  );
};
