import { useState } from 'react';
import { errorInWords, needsPassphrase } from '../api/errors.ts';
import { useSession } from '../app/session.tsx';
import { useNow } from '../words/use-now.ts';
import { useWords } from '../words/use-words.ts';

/** The passphrase of an act that is signed: asked for, or still remembered by the desk. */
export interface Signing {
  readonly passphrase: string;
  readonly setPassphrase: (passphrase: string) => void;
  /** Until when it need not be given, `null` when it must. */
  readonly rememberedUntil: string | null;
  /** What goes with the command. */
  readonly input: { passphrase?: string };
  readonly isReady: boolean;
  readonly problem: string | null;
  /** Takes what a command failed with; a wrong or wanting passphrase is asked for again. */
  readonly takeError: (error: unknown) => void;
  readonly reset: () => void;
}

export const useSigning = (): Signing => {
  const say = useWords();
  const now = useNow();
  const { confirmedUntil } = useSession().session;
  const [passphrase, setPassphrase] = useState('');
  const [mustAsk, setMustAsk] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const isRemembered = confirmedUntil !== null && Date.parse(confirmedUntil) > now && !mustAsk;
  return {
    passphrase,
    setPassphrase: (next) => {
      setPassphrase(next);
      setProblem(null);
    },
    rememberedUntil: isRemembered ? confirmedUntil : null,
    input: isRemembered || passphrase === '' ? {} : { passphrase },
    isReady: isRemembered || passphrase !== '',
    problem,
    takeError: (error) => {
      if (needsPassphrase(error)) setMustAsk(true);
      setPassphrase('');
      setProblem(errorInWords(say, error));
    },
    reset: () => {
      setPassphrase('');
      setProblem(null);
      setMustAsk(false);
    },
  };
};
