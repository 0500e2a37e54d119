import { useLocation } from '@tanstack/react-router';
import { createContext, useContext } from 'react';
import type { ReplyId } from '#workflows/identifiers.ts';

/** The record that is looked back to, and its time, which is the clock of everything that is shown as of it. */
export interface Past {
  readonly asOf: number;
  readonly at: string;
  /** The reply that the record belongs to; `null` for any other record. */
  readonly reply: ReplyId | null;
}

/** Around whatever shows the desk as of a record; `null` around the desk of now. */
export const PastContext = createContext<Past | null>(null);

/** The record as of which the desk is shown here; `null` now. */
export const usePast = (): Past | null => useContext(PastContext);

/** Whether the address is one of the past: nothing that could be changed is offered there, also not around the screen. */
export const useIsPast = (): boolean => useLocation({ select: ({ pathname }) => pathname.startsWith('/as-of/') });
