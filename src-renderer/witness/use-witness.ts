import { useEffect, useSyncExternalStore } from 'react';
import { witness } from '../api/client.ts';
import { useOverview } from '../app/use-overview.ts';
import type { WitnessState } from './witness.ts';

/** What this client thinks of the desk's journal. */
export const useWitness = (): WitnessState => useSyncExternalStore(witness.subscribe, witness.state);

/** So long after a new record the journal is judged: a burst of records is judged once. */
const JUDGE_AFTER = 1_500;

/** Judges the journal at sign-in, and again whenever it has grown. */
export const useJudgement = (): void => {
  const size = useOverview()?.journal.size;
  useEffect(() => {
    witness.begin();
  }, []);
  useEffect(() => {
    const judge = (): void => {
      witness.judge().catch(() => {
        // A desk that does not answer is shown elsewhere; whoever wants to sign asks again.
      });
    };
    if (witness.state().kind === 'notJudged') judge();
    const timer = setTimeout(judge, JUDGE_AFTER);
    return () => {
      clearTimeout(timer);
    };
  }, [size]);
};
