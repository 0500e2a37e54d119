import { useCallback, useEffect, useState } from 'react';
import type { PersonId } from '#workflows/identifiers.ts';
import { useSession } from '../app/session.tsx';
import type { TemplateDraft } from './template-draft.ts';

/**
 * What is being written and not saved, by person and template: kept while this window is open, so that looking at another
 * screen, or locking the desk, loses nothing.
 */
const unsaved = new Map<string, TemplateDraft>();

const keyOf = (person: PersonId, template: string): string => `${person} ${template}`;

export interface TemplateDrafting {
  readonly draft: TemplateDraft;
  readonly change: (change: Partial<TemplateDraft>) => void;
  /** Counts up when the text was set from outside the editor. */
  readonly generation: number;
  readonly replace: (draft: TemplateDraft) => void;
  /** It was saved or given up. */
  readonly forget: () => void;
}

/** Whether the person left something unsaved here. */
export const useHasUnsaved = (template: string): boolean =>
  unsaved.has(keyOf(useSession().session.person.id, template));

/** @param begin what is written from, when nothing was left unsaved */
export const useTemplateDraft = (template: string, begin: () => TemplateDraft): TemplateDrafting => {
  const { id } = useSession().session.person;
  const key = keyOf(id, template);
  const [draft, setDraft] = useState<TemplateDraft>(() => unsaved.get(key) ?? begin());
  const [generation, setGeneration] = useState(0);
  const change = useCallback(
    (part: Partial<TemplateDraft>) => {
      setDraft((before) => {
        const next = { ...before, ...part };
        unsaved.set(key, next);
        return next;
      });
    },
    [key],
  );
  const replace = useCallback(
    (next: TemplateDraft) => {
      unsaved.delete(key);
      setDraft(next);
      setGeneration((count) => count + 1);
    },
    [key],
  );
  const forget = useCallback(() => {
    unsaved.delete(key);
  }, [key]);
  useEffect(() => {
    // Closing the window would lose it: the browser asks.
    const onLeave = (event: BeforeUnloadEvent): void => {
      if (unsaved.has(key)) event.preventDefault();
    };
    window.addEventListener('beforeunload', onLeave);
    return () => {
      window.removeEventListener('beforeunload', onLeave);
    };
  }, [key]);
  return { draft, change, generation, replace, forget };
};
