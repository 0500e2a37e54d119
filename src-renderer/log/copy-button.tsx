import { useAnnounce } from '../app/announcer.tsx';
import { Button, IconButton } from '../design/button.tsx';
import { useWords } from '../words/use-words.ts';
import { useState } from 'react';

/** Puts a text on the clipboard and says whether that worked. */
const useCopy = (text: string) => {
  const say = useWords();
  const announce = useAnnounce();
  const [outcome, setOutcome] = useState<'copied' | 'notCopied' | null>(null);
  const copy = async (): Promise<void> => {
    const next = await navigator.clipboard.writeText(text).then(
      () => 'copied' as const,
      () => 'notCopied' as const,
    );
    setOutcome(next);
    announce(say(`log.${next}`));
    setTimeout(() => {
      setOutcome(null);
    }, 4_000);
  };
  return { outcome, copy: () => void copy() };
};

/** A sign beside what is copied. */
export const CopySign = ({ text, label }: { text: string; label: string }) => {
  const { outcome, copy } = useCopy(text);
  return <IconButton icon={outcome === 'copied' ? 'check' : 'copy'} label={label} onClick={copy} />;
};

export const CopyButton = ({ text, label, kind }: { text: string; label: string; kind?: 'lined' }) => {
  const say = useWords();
  const { outcome, copy } = useCopy(text);
  return (
    <Button kind={kind ?? 'plain'} icon={outcome === 'copied' ? 'check' : 'copy'} onClick={copy}>
      {outcome ? say(`log.${outcome}`) : label}
    </Button>
  );
};
