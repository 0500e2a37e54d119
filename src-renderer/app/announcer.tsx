import { createContext, useCallback, useContext, useState, type ReactNode } from 'react';

const AnnouncerContext = createContext<(message: string) => void>(() => undefined);

/** Says something to screen readers, in the one live region of the program. */
export const useAnnounce = (): ((message: string) => void) => useContext(AnnouncerContext);

/** The one live region. A message said twice is read twice: a count keeps the region changing. */
export const AnnouncerProvider = ({ children }: { children: ReactNode }) => {
  const [message, setMessage] = useState({ text: '', count: 0 });
  const announce = useCallback((text: string) => {
    setMessage(({ count }) => ({ text, count: count + 1 }));
  }, []);
  return (
    <AnnouncerContext value={announce}>
      {children}
      <div className="sr-only" role="status" aria-live="polite">
        <span key={message.count}>{message.text}</span>
      </div>
    </AnnouncerContext>
  );
};
