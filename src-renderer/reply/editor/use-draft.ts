import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { countGraphemes } from '#workflows/content/words.ts';
import type { Measure } from '#workflows/channel/channel.ts';
import type { Document } from '#workflows/content/document.ts';
import type { Draft, Preview, ReplyView } from '#workflows/contract/reply.contract.ts';
import type { TemplatePin } from '#workflows/reply/reply.records.ts';
import { client, desk } from '../../api/client.ts';
import { errorInWords } from '../../api/errors.ts';
import { useConnection } from '../../api/live.tsx';
import { useSession } from '../../app/session.tsx';
import { useWords } from '../../words/use-words.ts';
import { plainText } from './plain-text.ts';
import { forgetUnsaved, keepUnsaved, unsavedDraft, type DraftOwner } from './unsaved-drafts.ts';

/** So long after the last key the working copy is saved, and the preview asked for, in milliseconds. */
const SAVE_DELAY = 700;
const PREVIEW_DELAY = 140;

const EDITED_HERE = ['triage', 'drafting', 'correcting', 'rejected'];

export interface DraftSession {
  /** The text is open for writing here. */
  readonly isEditing: boolean;
  readonly document: Document;
  readonly template: TemplatePin | null;
  readonly language: string;
  readonly note: string;
  /** Revision that it was begun on. */
  readonly basedOn: number;
  /** Differs from the newest revision. */
  readonly isChanged: boolean;
  /** Somebody saved a newer revision meanwhile. */
  readonly isStale: boolean;
  readonly savedAt: string | null;
  readonly isSaving: boolean;
  readonly preview: Preview | null;
  readonly previewProblem: string | null;
  /** Length as typed; corrected by the channel's own count as soon as that is known. */
  readonly measure: Measure;
  /** Grows when the text is set from outside the editor. */
  readonly generation: number;
  readonly setDocument: (document: Document) => void;
  readonly replaceDocument: (document: Document, template: TemplatePin | null, language?: string) => void;
  readonly setLanguage: (language: string) => void;
  readonly setNote: (note: string) => void;
  /** Opens the newest revision for writing. */
  readonly begin: () => void;
  /** Stops writing; the working copy stays. */
  readonly pause: () => void;
  /** Forgets the working copy and takes the newest revision. */
  readonly takeNewest: () => void;
  /** Keeps the text and puts it on top of the newest revision. */
  readonly rebase: () => void;
  /** Waits until the working copy is saved. */
  readonly flush: () => Promise<void>;
  /** What is written has become this revision: it is no working copy any more. @param note what is kept of the note */
  readonly settle: (revision: number, note: string) => void;
}

/** Of a working copy, what the panes around the editor show. */
export type DraftReading = Pick<
  DraftSession,
  'isEditing' | 'document' | 'template' | 'language' | 'savedAt' | 'isSaving' | 'preview' | 'previewProblem' | 'measure'
>;

const EMPTY: Document = { lines: [[]] };

const useDebounced = <Value>(value: Value, delay: number): Value => {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(value);
    }, delay);
    return () => {
      clearTimeout(timer);
    };
  }, [value, delay]);
  return settled;
};

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const localMeasure = (document: Document, view: ReplyView): Measure => {
  const text = plainText(document);
  const graphemes = countGraphemes(text);
  const bytes = new TextEncoder().encode(text).length;
  const { limits } = view.channel;
  const fits =
    (limits.graphemes === null || graphemes <= limits.graphemes) && (limits.bytes === null || bytes <= limits.bytes);
  return { graphemes, bytes, fits };
};

/** The working copy as it is when nobody has written yet. */
const initialDraft = (view: ReplyView): Draft => {
  const newest = view.revisions.at(-1);
  return {
    document: newest?.document ?? EMPTY,
    template: newest?.template ?? null,
    language: view.post?.language ?? 'en',
    note: '',
    basedOn: newest?.revision ?? 0,
  };
};

/** For a reply that is only read: there is no working copy, the newest revision is what stands. */
export const readOnlyDraft = (view: ReplyView): DraftReading => {
  const { document, template, language } = initialDraft(view);
  return {
    isEditing: false,
    document,
    template,
    language,
    savedAt: null,
    isSaving: false,
    preview: null,
    previewProblem: null,
    measure: localMeasure(document, view),
  };
};

/** Saves the working copy a moment after the last key, one save at a time, the newest last. */
const useAutosave = (
  { person, reply }: DraftOwner,
  draft: Draft,
  { isDirty, savedAt: savedBefore }: { isDirty: boolean; savedAt: string | null },
) => {
  const [savedAt, setSavedAt] = useState(savedBefore);
  const [isSaving, setIsSaving] = useState(false);
  const { isOnline } = useConnection();
  const queue = useRef<Promise<void>>(Promise.resolve());
  const newest = useRef({ draft, isDirty });
  const lastSaved = useRef<Draft | null>(null);
  useEffect(() => {
    newest.current = { draft, isDirty };
  }, [draft, isDirty]);
  const save = useCallback((): Promise<void> => {
    queue.current = queue.current.then(async () => {
      const { draft: written, isDirty: isUnsaved } = newest.current;
      // Saving again what is saved could bring a working copy back that has become a revision meanwhile.
      if (!isUnsaved || written === lastSaved.current) return;
      setIsSaving(true);
      try {
        const answer = await client.reply.saveDraft({ reply, draft: written });
        lastSaved.current = written;
        forgetUnsaved({ person, reply });
        setSavedAt(answer.savedAt);
      } catch {
        // Shown as not saved; the next key, the way back online, or the next visit saves again.
        keepUnsaved({ person, reply }, written);
        setSavedAt(null);
      } finally {
        setIsSaving(false);
      }
    });
    return queue.current;
  }, [person, reply]);
  useEffect(() => {
    if (!isDirty) return;
    const timer = setTimeout(() => void save(), SAVE_DELAY);
    return () => {
      clearTimeout(timer);
    };
  }, [draft, isDirty, isOnline, save]);
  // Leaving the reply saves what the timer has not.
  useEffect(() => () => void save(), [save]);
  return { savedAt, isSaving, save, setSavedAt };
};

/** The working copy as it was saved before this visit. */
export interface StoredDraft {
  readonly draft: Draft | null;
  readonly savedAt: string | null;
}

/**
 * What a person writes on a reply: their own working copy, saved by itself, with its preview.
 * @param stored the working copy of an earlier visit; its first value counts
 */
export const useDraft = (view: ReplyView, stored: StoredDraft): DraftSession => {
  const say = useWords();
  const queries = useQueryClient();
  const { session, workspace } = useSession();
  const owner = useMemo<DraftOwner>(
    () => ({ person: session.person.id, reply: view.id }),
    [session.person.id, view.id],
  );
  const [begun] = useState(() => unsavedDraft(owner, stored.savedAt) ?? stored.draft);
  const [draft, setDraft] = useState<Draft>(() => begun ?? initialDraft(view));
  const [isDirty, setIsDirty] = useState(begun !== null);
  // A working copy that a newer revision has overtaken is opened, so that the person can choose.
  const [isOpened, setIsOpened] = useState(
    () => begun !== null && begun.basedOn !== (view.revisions.at(-1)?.revision ?? 0),
  );
  const [generation, setGeneration] = useState(0);
  const newest = view.revisions.at(-1);

  const mayEdit = view.acts.some(({ act, isAllowed }) => act === 'edit' && isAllowed) && workspace.readOnly === null;
  const isMine = view.assignee === null || view.assignee.id === session.person.id;
  const isWriter = session.person.roles.some((role) => role === 'agent' || role === 'comms' || role === 'legal');
  const startsOpen =
    EDITED_HERE.includes(view.state) &&
    view.state !== 'triage' &&
    isMine &&
    view.operation !== 'takeDown' &&
    session.person.roles.includes('agent');
  const isEditing = mayEdit && isWriter && (isOpened || startsOpen);

  const { savedAt, isSaving, save, setSavedAt } = useAutosave(owner, draft, {
    isDirty: isDirty && isEditing,
    savedAt: begun === stored.draft ? stored.savedAt : null,
  });

  // Untouched text follows what is saved elsewhere.
  if (!isDirty && draft.basedOn < (newest?.revision ?? 0)) {
    setDraft(initialDraft(view));
    setGeneration((before) => before + 1);
  }

  const change = useCallback((part: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...part }));
    setIsDirty(true);
  }, []);

  const setDocument = useCallback(
    (document: Document) => {
      change({ document });
    },
    [change],
  );

  const settled = useDebounced(draft, PREVIEW_DELAY);
  const previewInput = {
    reply: view.id,
    document: settled.document,
    template: settled.template,
    language: settled.language,
  };
  const preview = useQuery({
    ...desk.reply.preview.queryOptions({ input: previewInput }),
    enabled: isEditing,
    placeholderData: (before) => before,
    staleTime: Infinity,
    gcTime: 30_000,
  });

  const local = useMemo(() => localMeasure(draft.document, view), [draft.document, view]);
  const isPreviewCurrent = preview.data?.text === plainText(draft.document);
  const isStale = isDirty && draft.basedOn < (newest?.revision ?? 0);
  const isChanged =
    !isSame(draft.document, newest?.document ?? EMPTY) || !isSame(draft.template, newest?.template ?? null);

  const reset = useCallback(() => {
    setIsDirty(false);
    setSavedAt(null);
    setDraft(initialDraft(view));
    setGeneration((before) => before + 1);
    forgetUnsaved(owner);
    queries.removeQueries({ queryKey: desk.reply.getDraft.key({ input: { reply: view.id } }) });
  }, [owner, queries, setSavedAt, view]);

  return {
    isEditing,
    ...draft,
    isChanged,
    isStale,
    savedAt,
    isSaving,
    preview: preview.data ?? null,
    previewProblem: preview.isError ? errorInWords(say, preview.error) : null,
    measure: isPreviewCurrent ? (preview.data?.measure ?? local) : local,
    generation,
    setDocument,
    replaceDocument: (document, template, language) => {
      change({ document, template, ...(language === undefined ? {} : { language }) });
      setGeneration((before) => before + 1);
    },
    setLanguage: (language) => {
      change({ language });
    },
    setNote: (note) => {
      change({ note });
    },
    begin: () => {
      setIsOpened(true);
    },
    pause: () => {
      setIsOpened(false);
    },
    takeNewest: () => {
      void client.reply.discardDraft({ reply: view.id });
      reset();
    },
    rebase: () => {
      change({ basedOn: newest?.revision ?? 0 });
    },
    flush: save,
    settle: (revision, note) => {
      forgetUnsaved(owner);
      setIsDirty(false);
      setIsOpened(false);
      setSavedAt(null);
      setDraft((before) => ({ ...before, basedOn: revision, note }));
    },
  };
};
