import { useEffect, useRef, type ReactNode } from 'react';
import { IconButton } from '../design/button.tsx';
import { useWords } from '../words/use-words.ts';

/** The right pane: beside the others where there is room, a drawer that Esc closes where there is not. */
export const SidePane = ({
  title,
  isOpen,
  onClose,
  children,
}: {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
}) => {
  const say = useWords();
  const pane = useRef<HTMLElement>(null);
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  useEffect(() => {
    if (!isOpen) return;
    const opener = document.activeElement;
    pane.current?.querySelector<HTMLElement>('button')?.focus();
    const onKeyDown = (event: KeyboardEvent): void => {
      // A dialog over the drawer takes its own Esc.
      if (event.key === 'Escape' && !document.querySelector('[role="dialog"]')) close.current();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, [isOpen]);
  return (
    <aside className={`pane context-pane ${isOpen ? 'open' : ''}`} aria-label={title} ref={pane}>
      <div className="drawer-head">
        <b>{title}</b>
        <IconButton icon="close" label={say('act.close')} onClick={onClose} />
      </div>
      {children}
    </aside>
  );
};
