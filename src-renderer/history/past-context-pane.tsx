import { useMemo } from 'react';
import type { ReplyView } from '#workflows/contract/reply.contract.ts';
import { SidePane } from '../design/side-pane.tsx';
import { CaseSection } from '../reply/context/case-section.tsx';
import { ChecksSection } from '../reply/context/checks-section.tsx';
import { RouteSection } from '../reply/context/route-section.tsx';
import { TemplateSection } from '../reply/context/template-section.tsx';
import { readOnlyDraft } from '../reply/editor/use-draft.ts';
import { useWords } from '../words/use-words.ts';

/** Why it was with whom, where its wording came from, what the checks said, what was known besides. */
export const PastContextPane = ({
  view,
  isOpen,
  onClose,
}: {
  view: ReplyView;
  isOpen: boolean;
  onClose: () => void;
}) => {
  const say = useWords();
  const draft = useMemo(() => readOnlyDraft(view), [view]);
  return (
    <SidePane title={say('context.title')} isOpen={isOpen} onClose={onClose}>
      <RouteSection view={view} draft={draft} />
      <TemplateSection view={view} draft={draft} />
      <ChecksSection view={view} draft={draft} />
      <CaseSection view={view} />
    </SidePane>
  );
};
