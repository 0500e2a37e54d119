import { useLayoutEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import './lock-cover.css';

/** Keys that are pressed here must not reach what lies below: neither its shortcuts nor its open dialogs. */
const keepKey = (event: KeyboardEvent): void => {
  if (event.key === 'Escape') event.preventDefault();
  event.stopPropagation();
};

/**
 * Hides the desk without ending it, behind its lock or a journal that is refused: what was being written, open dialogs and
 * places in lists are there again afterwards. A modal dialog of the browser makes everything below unreachable, for keys and readers too.
 */
export const LockCover = ({ label, children }: { label: string; children: ReactNode }) => {
  const cover = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const dialog = cover.current;
    dialog?.showModal();
    return () => {
      // Gives the focus back to where it was.
      dialog?.close();
    };
  }, []);
  return (
    <dialog
      ref={cover}
      className="lock-cover"
      aria-label={label}
      onKeyDown={keepKey}
      onFocus={(event) => {
        // Mantine's dialogs listen on the window for Escape; this mark tells them that it is not theirs.
        event.target.setAttribute('data-mantine-stop-propagation', 'true');
      }}
      onCancel={(event) => {
        event.preventDefault();
      }}
      onClose={(event) => {
        // A browser may close it at the second Escape whatever is said; only the passphrase opens the desk.
        event.currentTarget.showModal();
      }}
    >
      {children}
    </dialog>
  );
};
