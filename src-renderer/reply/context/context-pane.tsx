import { useEffect, useRef } from 'react';
import type { ReplyView } from '#workflows/contract/reply.contract.ts';
import { IconButton } from '../../design/button.tsx';
import { useWords } from '../../words/use-words.ts';
import type { DraftSession } from '../editor/use-draft.ts';
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
  draft: DraftSession;
  lastSeen: number | null;
  isOpen: boolean;
  onClose: () => void;
}) => {
  const say = useWords();
  const pane = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!isOpen) return;
    const opener = document.activeElement;
    pane.current?.querySelector<HTMLElement>('button')?.focus();
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') onClose();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, [isOpen, onClose]);
  return (
    <aside className={`pane context-pane ${isOpen ? 'open' : ''}`} aria-label={say('context.title')} ref={pane}>
      <div className="drawer-head">
        <b>{say('context.title')}</b>
        <IconButton icon="close" label={say('act.close')} onClick={onClose} />
      </div>
      <RouteSection view={view} draft={draft} />
      <ChangedSection view={view} lastSeen={lastSeen} />
      <TemplateSection view={view} draft={draft} />
      <ChecksSection view={view} draft={draft} />
      <CaseSection view={view} />
    </aside>
  );
};
