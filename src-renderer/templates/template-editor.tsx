import type { Editor } from '@tiptap/react';
import { useCallback, useId, useMemo, useRef, useState, type SyntheticEvent } from 'react';
import type { Document } from '#workflows/content/document.ts';
import type { TemplateVersionView } from '#workflows/contract/template.contract.ts';
import type { TemplateId } from '#workflows/identifiers.ts';
import { client } from '../api/client.ts';
import { useCommand } from '../api/command.ts';
import { errorInWords } from '../api/errors.ts';
import { useConnection } from '../api/live.tsx';
import { useAnnounce } from '../app/announcer.tsx';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Strip } from '../design/pane-state.tsx';
import { useWords } from '../words/use-words.ts';
import { SlotFields } from './slot-fields.tsx';
import { contentOf, draftOf, emptyDraft, firstProblem, problemsOf } from './template-draft.ts';
import { TemplateFields } from './template-fields.tsx';
import { useTemplateDraft } from './use-template-draft.ts';
import { NEW_TEMPLATE } from './template-address.ts';
import { WordingEditor } from './wording-editor.tsx';

/** States in which saving goes to the version itself; after any other it makes a new one. */
const isOpen = ({ state }: TemplateVersionView): boolean => ['draft', 'inReview', 'rejected'].includes(state);

/** Writes a new template, or the next wording of one. */
export const TemplateEditor = ({
  template,
  newest,
  onDone,
  onCancel,
}: {
  template: TemplateId | null;
  /** The newest version; `null` for a template that is not saved yet. */
  newest: TemplateVersionView | null;
  onDone: (template: TemplateId) => void;
  onCancel: () => void;
}) => {
  const say = useWords();
  const announce = useAnnounce();
  const { isOnline } = useConnection();
  const language = navigator.language.split('-')[0] ?? 'en';
  const drafting = useTemplateDraft(template ?? NEW_TEMPLATE, () =>
    newest ? draftOf(newest.content, newest.contentHash) : emptyDraft(language),
  );
  const { draft, change, forget } = drafting;
  const [isTried, setIsTried] = useState(false);
  const [isLeaving, setIsLeaving] = useState(false);
  const editor = useRef<Editor | null>(null);
  const formId = useId();
  const revise = useCommand(client.template.revise);

  const problems = useMemo(() => problemsOf(say, draft), [say, draft]);
  const content = useMemo(() => contentOf(draft, newest?.content ?? null), [draft, newest]);
  const isChanged = newest
    ? JSON.stringify(content) !== JSON.stringify(contentOf(draftOf(newest.content, ''), newest.content))
    : draft.name !== '' || draft.slots.length > 0 || content.body.flat().length > 0;
  const isElsewhere = newest !== null && draft.base !== null && draft.base !== newest.contentHash;
  const version = newest === null ? 1 : isOpen(newest) ? newest.version : newest.version + 1;

  const setDocument = useCallback(
    (document: Document) => {
      change({ document });
    },
    [change],
  );
  const setEditor = useCallback((ready: Editor) => {
    editor.current = ready;
  }, []);
  const insert = (slot: string): void => {
    editor.current
      ?.chain()
      .focus()
      .insertContent({ type: 'slot', attrs: { slot, value: slot } })
      .run();
  };

  const refusal = !isOnline
    ? say('refusal.offline')
    : isTried && firstProblem(problems)
      ? firstProblem(problems)
      : isChanged
        ? null
        : say('templates.edit.nothingChanged');
  const save = (event?: SyntheticEvent): void => {
    event?.preventDefault();
    setIsTried(true);
    if (firstProblem(problems) !== null || refusal !== null || revise.isPending) return;
    revise.mutate(
      { template, content },
      {
        onSuccess: ({ subject, version: saved }) => {
          forget();
          announce(say('templates.edit.saved', { version: saved }));
          onDone(subject as TemplateId);
        },
      },
    );
  };
  const leave = (): void => {
    if (isChanged) setIsLeaving(true);
    else {
      forget();
      onCancel();
    }
  };

  return (
    <article className="pane reply-pane" aria-label={say('templates.pane')} id="template" tabIndex={-1}>
      <header className="reply-head lined">
        <div className="grow">
          <h1 className="cut">
            <bdi>
              {newest
                ? say('templates.edit.version', { name: newest.content.name, version })
                : say('templates.edit.title')}
            </bdi>
          </h1>
          <span className="label cut">
            {newest === null
              ? say('templates.edit.isNew')
              : say(isOpen(newest) ? 'templates.edit.continues' : 'templates.edit.basedOn', { version })}
          </span>
        </div>
      </header>
      <div className="work">
        <div className="work-strip">
          {isElsewhere ? (
            <Strip
              icon="fork"
              tone="caution"
              title={say('templates.edit.changedElsewhere', {
                version: newest.version,
                who: newest.authors.at(-1)?.name ?? '',
              })}
              acts={
                <Button
                  kind="lined"
                  size="small"
                  onClick={() => {
                    drafting.replace(draftOf(newest.content, newest.contentHash));
                  }}
                >
                  {say('templates.edit.takeTheirs')}
                </Button>
              }
            >
              {say('templates.edit.changedElsewhere.text')}
            </Strip>
          ) : null}
          {newest?.state === 'inReview' ? (
            <Strip icon="warn" tone="caution" title={say('templates.edit.voids', { version })} />
          ) : null}
        </div>
        <form className="template-form" id={formId} onSubmit={save}>
          <TemplateFields draft={draft} problems={problems} showsProblems={isTried} onChange={change} />
          <WordingEditor
            document={draft.document}
            language={draft.language}
            generation={drafting.generation}
            problem={isTried || problems.text !== say('templates.edit.text.needed') ? problems.text : null}
            onChange={setDocument}
            onReady={setEditor}
          />
          <SlotFields
            draft={draft}
            problems={problems}
            onChange={(slots) => {
              change({ slots });
            }}
            onInsert={insert}
          />
        </form>
      </div>
      <footer className="bar no-print">
        <p role={revise.isError ? 'alert' : undefined} className={revise.isError ? 'bad' : ''}>
          {revise.isError ? errorInWords(say, revise.error) : (refusal ?? say('templates.edit.says'))}
        </p>
        <Button onClick={leave}>{say(isChanged ? 'templates.edit.discard' : 'act.cancel')}</Button>
        <Button kind="primary" type="submit" form={formId} isBusy={revise.isPending} whyNot={refusal}>
          {say('templates.edit.save', { version })}
        </Button>
      </footer>
      <Dialog
        isOpen={isLeaving}
        onClose={() => {
          setIsLeaving(false);
        }}
        title={say('templates.edit.discard.title')}
      >
        <p className="soft">{say('templates.edit.discard.text')}</p>
        <div className="dialog-acts">
          <Button
            onClick={() => {
              setIsLeaving(false);
            }}
          >
            {say('templates.edit.keep')}
          </Button>
          <Button
            kind="primary"
            data-autofocus
            onClick={() => {
              forget();
              onCancel();
            }}
          >
            {say('templates.edit.discard')}
          </Button>
        </div>
      </Dialog>
    </article>
  );
};
