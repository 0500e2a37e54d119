import { useEffect, useRef, type ReactNode } from 'react';
import { IconButton } from './button.tsx';
import { useWords } from '../words/use-words.ts';

const OWN_ESCAPE = '[role="dialog"], [role="menu"], input, textarea';

/** The right pane; where room is short it is a drawer that takes the focus and gives it back. */
export const SidePane = ({
  title,
  isOpen,
  onClose,
  id,
  children,
}: {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  /** Where links inside the screen jump to. */
  id?: string;
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
    // In a wide window nothing opens: the pane was there, and the focus stays with whoever walks through the table.
    const isDrawer = window.matchMedia('(max-width: 1199px)').matches;
    if (isDrawer) pane.current?.querySelector<HTMLElement>('.drawer-head button')?.focus();
    const onKeyDown = (event: KeyboardEvent): void => {
      // Esc in a dialog, a menu or a field is theirs, also when they are gone by now.
      const isTheirs = event.target instanceof HTMLElement && event.target.closest(OWN_ESCAPE) !== null;
      if (isDrawer && event.key === 'Escape' && !event.defaultPrevented && !isTheirs) close.current();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      if (isDrawer && opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, [isOpen]);
  return (
    <aside
      className={`pane context-pane ${isOpen ? 'open' : ''}`}
      aria-label={title}
      ref={pane}
      id={id}
      tabIndex={id === undefined ? undefined : -1}
    >
      <div className="drawer-head">
        <b>{title}</b>
        <IconButton icon="close" label={say('act.close')} onClick={onClose} />
      </div>
      {children}
    </aside>
  );
};
