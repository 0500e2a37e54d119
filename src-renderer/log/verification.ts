import { useSyncExternalStore } from 'react';
import { ulid } from 'ulid';
import type { VerificationView } from '#workflows/contract/journal.contract.ts';
import { client } from '../api/client.ts';

/** How a verification stands; it goes on while other records and screens are looked at. */
export type Verification =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'running';
      readonly records: number;
      readonly total: number;
      readonly problems: number;
      /** Milliseconds until it came so far. */
      readonly took: number;
    }
  | { readonly kind: 'done'; readonly result: VerificationView; readonly at: string }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly error: unknown };

const NONE: Verification = { kind: 'none' };

interface Kept {
  /** The session for which it runs; another one sees nothing of it. */
  readonly owner: string;
  readonly state: Verification;
  readonly stop: AbortController;
}

let kept: Kept | null = null;
const listeners = new Set<() => void>();

const tell = (next: Kept | null): void => {
  kept = next;
  for (const listener of listeners) listener();
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

const run = async (owner: string, total: number): Promise<void> => {
  const stop = new AbortController();
  const since = Date.now();
  const set = (state: Verification): void => {
    if (kept?.stop === stop) tell({ owner, state, stop });
  };
  tell({ owner, state: { kind: 'running', records: 0, total, problems: 0, took: 0 }, stop });
  try {
    const events = await client.journal.verify({ commandId: ulid() }, { signal: stop.signal });
    for await (const event of events) {
      if (stop.signal.aborted) break;
      if (event.kind === 'progress') {
        const { records, problems } = event;
        set({ kind: 'running', records, total: Math.max(event.total, records), problems, took: Date.now() - since });
      } else {
        set({ kind: 'done', result: event.result, at: event.at });
      }
    }
  } catch (error) {
    if (!stop.signal.aborted) set({ kind: 'failed', error });
  }
  if (stop.signal.aborted) set({ kind: 'stopped' });
};

/** The verification of this session, and what can be done with it. */
export const useVerification = (owner: string) => {
  const state = useSyncExternalStore(subscribe, () => (kept?.owner === owner ? kept.state : NONE));
  return {
    state,
    /** Reads the files again. @param total number of records, to begin the progress with */
    start: (total: number): void => {
      if (state.kind === 'running') return;
      kept?.stop.abort();
      void run(owner, total);
    },
    stop: (): void => {
      kept?.stop.abort();
    },
    dismiss: (): void => {
      if (state.kind !== 'running') tell(null);
    },
  };
};

export type VerificationControl = ReturnType<typeof useVerification>;
