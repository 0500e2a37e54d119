import { useEffect } from 'react';

/** Long enough for a dialog that closes to give the focus back to what opened it, in milliseconds. */
const GRACE = 60;

/** Where the keys go on: the pane in the middle, or what is around it. */
const refuge = (): HTMLElement | null =>
  document.querySelector<HTMLElement>('#content .reply-pane[tabindex]') ??
  document.querySelector<HTMLElement>('#content');

/** What had the focus may be gone after an act; the focus would be on the page's body then, and the keys without a place. */
export const useKeptFocus = (): void => {
  useEffect(() => {
    let last: Element | null = null;
    let timer = 0;
    const remember = ({ target }: FocusEvent): void => {
      last = target instanceof Element ? target : null;
    };
    const look = (): void => {
      if (document.activeElement !== document.body || last === null || last.isConnected) return;
      last = null;
      refuge()?.focus({ preventScroll: true });
    };
    const observer = new MutationObserver(() => {
      if (document.activeElement !== document.body || last === null || last.isConnected) return;
      window.clearTimeout(timer);
      timer = window.setTimeout(look, GRACE);
    });
    document.addEventListener('focusin', remember);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener('focusin', remember);
      observer.disconnect();
      window.clearTimeout(timer);
    };
  }, []);
};
