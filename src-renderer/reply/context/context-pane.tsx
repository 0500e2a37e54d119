import type { ReplyView } from '#workflows/contract/reply.contract.ts';
import { SidePane } from '../../design/side-pane.tsx';
import { useWords } from '../../words/use-words.ts';
import type { DraftReading } from '../editor/use-draft.ts';
import { CaseSection } from './case-section.tsx';
import { ChangedSection } from './changed-section.tsx';
import { ChecksSection } from './checks-section.tsx';
import { RouteSection } from './route-section.tsx';
import { TemplateSection } from './template-section.tsx';

/** Why it is with whom, what changed, where the wording comes from, what the checks say, what is known besides. */
export const ContextPane = ({
  view,
  draft,
  lastSeen,
  isOpen,
  onClose,
}: {
  view: ReplyView;
  draft: DraftReading;
  lastSeen: number | null;
  isOpen: boolean;
  onClose: () => void;
}) => {
  const say = useWords();
  return (
    <SidePane title={say('context.title')} isOpen={isOpen} onClose={onClose}>
      <RouteSection view={view} draft={draft} />
      <ChangedSection view={view} lastSeen={lastSeen} />
      <TemplateSection view={view} draft={draft} />
      <ChecksSection view={view} draft={draft} />
      <CaseSection view={view} />
    </SidePane>
  );
};
