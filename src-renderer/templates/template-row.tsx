import { Link } from '@tanstack/react-router';
import type { TemplateSummary } from '#workflows/contract/template.contract.ts';
import type { TemplatesSearch } from './templates-search.ts';
import { LOOK_OF } from '../approval/version-state.tsx';
import { Icon } from '../design/icon.tsx';
import { useWords } from '../words/use-words.ts';
import { bareTemplate } from './template-address.ts';

const SLOT_MARK = /\{\{([a-z0-9-]+)\}\}/g;

/** How the newest version stands; what waits on the reader is said in words and a sign. */
const Standing = ({ template }: { template: TemplateSummary }) => {
  const say = useWords();
  const { newestState, waitsOnMe, openReviews } = template;
  if (waitsOnMe)
    return (
      <span className="wait mine state">
        <Icon name="dot" size="small" />
        {say('templates.youDecide')}
      </span>
    );
  const { icon, tone } = LOOK_OF[newestState];
  return (
    <span className="wait state">
      <Icon name={icon} size="small" className={tone} />
      {newestState === 'inReview' && openReviews.length === 1
        ? say('templates.othersDecide', { reviews: openReviews.map((review) => say(`review.${review}`)) })
        : say(`version.state.${newestState}`)}
    </span>
  );
};

/** Two lines: the name and how it stands; the language, the first words, and which version is in force. */
export const TemplateRow = ({
  template,
  isChosen,
  search,
}: {
  template: TemplateSummary;
  isChosen: boolean;
  search: TemplatesSearch;
}) => {
  const say = useWords();
  const { id, name, language, excerpt, approvedVersion, newestVersion, waitsOnMe } = template;
  return (
    <Link
      to="/templates/$template"
      params={{ template: bareTemplate(id) }}
      search={search}
      className={`queue-row ${waitsOnMe ? 'unread' : ''}`}
      aria-current={isChosen ? 'true' : undefined}
    >
      <span className="line">
        <bdi className="from cut" title={name}>
          {name}
        </bdi>
        <Standing template={template} />
      </span>
      <span className="line">
        <span className="via cut">{language}</span>
        <span className="first cut" dir="auto" lang={language}>
          {excerpt.replace(SLOT_MARK, '[$1]')}
        </span>
        <span className="wait">
          {approvedVersion === null || approvedVersion === newestVersion
            ? say('templates.version', { version: newestVersion })
            : say('templates.older', { version: newestVersion, inForce: approvedVersion })}
        </span>
      </span>
    </Link>
  );
};
