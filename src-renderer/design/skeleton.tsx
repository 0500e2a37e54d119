import { useEffect, useState } from 'react';

/** What is quick enough not to be seen needs no skeleton. */
const DELAY = 150;

/** Whether something has been under way long enough to be shown. */
export const useIsSlow = (isPending: boolean): boolean => {
  const [isSlow, setIsSlow] = useState(false);
  useEffect(() => {
    if (!isPending) return;
    const timer = setTimeout(() => {
      setIsSlow(true);
    }, DELAY);
    return () => {
      clearTimeout(timer);
      setIsSlow(false);
    };
  }, [isPending]);
  return isPending && isSlow;
};

/** A grey bar in the place of a word that is coming. */
export const SkeletonBar = ({ width }: { width: string }) => (
  <span className="skeleton" style={{ width, display: 'block' }} />
);

/** Lines in the place of content that is coming; told to screen readers once, in words. */
export const SkeletonLines = ({ label, lines = 5 }: { label: string; lines?: number }) => (
  <div role="status" aria-label={label} style={{ padding: 'var(--s4)', display: 'grid', gap: 'var(--s3)' }}>
    {Array.from({ length: lines }, (_, line) => (
      <SkeletonBar key={line} width={`${String(88 - ((line * 23) % 50))}%`} />
    ))}
  </div>
);
