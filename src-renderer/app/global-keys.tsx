import { useEffect, useState } from 'react';
import { Dialog } from '../design/dialog.tsx';
import { useWords } from '../words/use-words.ts';
import { currentScreenActs, useScreenActs } from './screen-acts.tsx';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) ||
    target.closest('[role="dialog"], [role="menu"]') !== null);

/** Keys without modifiers run what the screen offers under them; `?` shows them all. */
export const GlobalKeys = () => {
  const say = useWords();
  const acts = useScreenActs();
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (event.key === '?') {
        event.preventDefault();
        setIsHelpOpen(true);
        return;
      }
      // A button or link that has the focus keeps its own Enter and space.
      if (
        event.key === 'Enter' &&
        event.target instanceof HTMLElement &&
        event.target.closest('a, button, [role="button"]')
      )
        return;
      const act = currentScreenActs().find(({ keys }) => keys === event.key);
      if (!act || act.whyNot) return;
      event.preventDefault();
      act.run();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
    };
  }, []);
  return (
    <Dialog
      isOpen={isHelpOpen}
      onClose={() => {
        setIsHelpOpen(false);
      }}
      title={say('keys.title')}
    >
      <dl className="facts">
        {[
          ...acts.filter(({ keys }) => keys),
          { id: 'palette', keys: 'Ctrl K', label: say('keys.palette') },
          { id: 'help', keys: '?', label: say('keys.title') },
        ].map(({ id, keys, label }) => (
          <div key={id} style={{ display: 'contents' }}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
};
