import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import type { LogRow } from '#workflows/contract/journal.contract.ts';
import { useOfferActs } from '../app/screen-acts.tsx';
import { useWords } from '../words/use-words.ts';
import type { LogSearch } from './log-address.ts';
import type { Span } from './use-log.ts';

interface Walked {
  readonly total: number;
  readonly span: Span;
  readonly rowAt: (index: number) => LogRow | null;
  readonly chosen: number | null;
  readonly search: LogSearch;
}

const placeOf = ({ span, rowAt, chosen }: Walked): number | null => {
  for (let index = span.first; index <= span.last; index += 1) if (rowAt(index)?.seq === chosen) return index;
  return null;
};

/**
 * j and k walk through the records, Enter goes into the pane, / finds, v verifies.
 * @returns the row that the keys went to, to be brought into sight
 */
export const useLogKeys = (
  walked: Walked,
  { find, onVerify }: { find: RefObject<HTMLInputElement | null>; onVerify: () => void },
): number | null => {
  const say = useWords();
  const navigate = useNavigate();
  const [wanted, setWanted] = useState<number | null>(null);
  // What is offered stays the same while rows come and go; it acts on what is there when a key is pressed.
  const latest = useRef({ walked, onVerify, wanted });
  useEffect(() => {
    latest.current = { walked, onVerify, wanted };
  });
  const isChosen = walked.chosen !== null;
  const acts = useMemo(() => {
    const walk = (by: number): void => {
      const now = latest.current;
      const { total, span, rowAt, search } = now.walked;
      const place = placeOf(now.walked) ?? (isChosen ? now.wanted : null);
      const next = place === null ? span.first : Math.min(total - 1, Math.max(0, place + by));
      setWanted(next);
      const row = rowAt(next);
      if (row) void navigate({ to: '/log/$seq', params: { seq: String(row.seq) }, search, replace: true });
    };
    const close = {
      id: 'log-close',
      label: say('log.keys.close'),
      keys: 'Escape',
      run: () => {
        void navigate({ to: '/log', search: latest.current.walked.search });
      },
    };
    return [
      {
        id: 'log-next',
        label: say('log.keys.next'),
        keys: 'j',
        run: () => {
          walk(1);
        },
      },
      {
        id: 'log-previous',
        label: say('log.keys.previous'),
        keys: 'k',
        run: () => {
          walk(-1);
        },
      },
      {
        id: 'log-into',
        label: say('log.keys.into'),
        keys: 'Enter',
        run: () => {
          document.querySelector<HTMLElement>('#record')?.focus();
        },
      },
      {
        id: 'log-find',
        label: say('log.keys.find'),
        keys: '/',
        run: () => {
          find.current?.focus();
        },
      },
      {
        id: 'log-verify',
        label: say('log.keys.verify'),
        keys: 'v',
        run: () => {
          latest.current.onVerify();
        },
      },
      ...(isChosen ? [close] : []),
    ];
  }, [say, find, isChosen, navigate]);
  useOfferActs('log', acts);
  return wanted;
};
