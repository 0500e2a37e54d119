import { Menu } from '@mantine/core';
import { RichTextEditor } from '@mantine/tiptap';
import { useEditor, type Editor } from '@tiptap/react';
import { useEffect, useMemo, useRef } from 'react';
import type { Finding } from '#workflows/checks/checks.ts';
import type { ReplyView } from '#workflows/contract/reply.contract.ts';
import type { Slot } from '#workflows/template/template.ts';
import { Button } from '../../design/button.tsx';
import { TextField } from '../../design/field.tsx';
import { Icon } from '../../design/icon.tsx';
import { useWords } from '../../words/use-words.ts';
import { FindingList } from './finding-list.tsx';
import { FindingMarks, findingMarksKey, placesOf } from './finding-marks.ts';
import { LengthMeter } from './length-meter.tsx';
import { leadingSpace } from './plain-text.ts';
import { fromEditor, PLAIN_TEXT, SlotNode, toEditor } from './schema.ts';
import { TemplateMenu, useUsableTemplates } from './template-menu.tsx';
import type { DraftSession } from './use-draft.ts';
import { LanguageMenu } from './language-menu.tsx';

const slotFieldId = (slot: string): string => `slot-${slot}`;

/** Sets a slot's value wherever it stands. */
const fillSlot = (editor: Editor, slot: string, value: string): void => {
  const { tr, doc } = editor.state;
  doc.descendants((node, position) => {
    if (node.type.name === 'slot' && node.attrs.slot === slot) tr.setNodeMarkup(position, undefined, { slot, value });
  });
  if (tr.docChanged) editor.view.dispatch(tr);
};

const SlotFields = ({ editor, slots, draft }: { editor: Editor; slots: readonly Slot[]; draft: DraftSession }) => {
  const say = useWords();
  const values = new Map(
    draft.document.lines
      .flat()
      .flatMap((inline) => (inline.type === 'slot' ? [[inline.slot, inline.value] as const] : [])),
  );
  const used = slots.filter(({ name }) => values.has(name));
  if (used.length === 0) return null;
  return (
    <div className="slots" role="group" aria-label={say('editor.slots')}>
      {used.map(({ name, prompt, example }) => {
        const value = values.get(name) ?? '';
        return (
          <TextField
            key={name}
            id={slotFieldId(name)}
            label={prompt}
            value={value}
            dir="auto"
            maxLength={2_000}
            placeholder={example === '' ? undefined : say('editor.example', { example })}
            onChange={(event) => {
              fillSlot(editor, name, event.currentTarget.value);
            }}
          />
        );
      })}
    </div>
  );
};

const InsertSlot = ({ editor, slots, draft }: { editor: Editor; slots: readonly Slot[]; draft: DraftSession }) => {
  const say = useWords();
  const standing = new Set(
    draft.document.lines.flat().flatMap((inline) => (inline.type === 'slot' ? [inline.slot] : [])),
  );
  const missing = slots.filter(({ name }) => !standing.has(name));
  if (missing.length === 0) return null;
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <button type="button" className="button">
          {say('editor.insertSlot')}
          <Icon name="down" size="small" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {missing.map(({ name, prompt }) => (
          <Menu.Item
            key={name}
            onClick={() => {
              editor
                .chain()
                .focus()
                .insertContent({ type: 'slot', attrs: { slot: name, value: '' } })
                .run();
            }}
          >
            {prompt}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
};

/** Replaces a passage that a check found by the wording it offers. */
const replacePassage = (editor: Editor, finding: Finding, draft: DraftSession): void => {
  if (!finding.passage || finding.suggestion === null) return;
  const skipped = leadingSpace(draft.document);
  const { from, to } = finding.passage;
  const places = placesOf(editor.state.doc);
  const start = places[from + skipped];
  const last = places[to + skipped - 1];
  // A slot's value is changed in its own field.
  if (!start || !last || start.isInSlot || last.isInSlot) return;
  const chain = editor
    .chain()
    .focus()
    .deleteRange({ from: start.position, to: last.position + 1 });
  (finding.suggestion === '' ? chain : chain.insertContentAt(start.position, finding.suggestion)).run();
};

const UndoIcon = () => <Icon name="undo" />;
const RedoIcon = () => <Icon name="redo" />;

/** Where an answer is written: approved wording with slots, plain text around it, and what the checks say. */
export const DraftEditor = ({ view, draft }: { view: ReplyView; draft: DraftSession }) => {
  const say = useWords();
  const noteField = useRef<HTMLInputElement>(null);
  const templates = useUsableTemplates(view.id);
  const pinned = templates?.find(
    ({ id, version }) => id === draft.template?.template && version === draft.template.version,
  );
  const slots = useMemo(() => pinned?.content.slots ?? view.template?.slots ?? [], [pinned, view.template]);

  const editor = useEditor({
    injectCSS: false,
    immediatelyRender: true,
    shouldRerenderOnTransaction: false,
    extensions: [PLAIN_TEXT, SlotNode, FindingMarks],
    content: toEditor(draft.document),
    editorProps: {
      attributes: {
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': say('editor.label'),
        lang: draft.language,
        dir: 'auto',
        spellcheck: 'true',
        id: 'draft-editor',
      },
    },
  });

  const { setDocument } = draft;
  useEffect(() => {
    const take = (): void => {
      setDocument(fromEditor(editor.getJSON()));
    };
    editor.on('update', take);
    return () => {
      editor.off('update', take);
    };
  }, [editor, setDocument]);

  // Empty slots show what they ask for: drawn anew when the template is known.
  useEffect(() => {
    editor.commands.describeSlots({
      prompts: new Map(slots.map(({ name, prompt }) => [name, prompt])),
      onPick: (slot) => document.getElementById(slotFieldId(slot))?.focus(),
    });
  }, [editor, slots]);

  // The text was set from outside: a template, the newest revision, a saved working copy.
  const generation = useRef(draft.generation);
  useEffect(() => {
    if (generation.current === draft.generation) return;
    generation.current = draft.generation;
    editor.commands.setContent(toEditor(draft.document), { emitUpdate: false });
  }, [editor, draft.generation, draft.document]);

  useEffect(() => {
    editor.setOptions({
      editorProps: {
        ...editor.options.editorProps,
        attributes: {
          role: 'textbox',
          'aria-multiline': 'true',
          'aria-label': say('editor.label'),
          lang: draft.language,
          dir: 'auto',
          spellcheck: 'true',
          id: 'draft-editor',
        },
      },
    });
  }, [editor, draft.language, say]);

  // Nobody needs to be told that a text that is not begun is empty.
  const findings = useMemo(
    () => (draft.preview?.text === '' && !draft.template ? [] : (draft.preview?.findings ?? [])),
    [draft.preview, draft.template],
  );
  const skipped = leadingSpace(draft.document);
  useEffect(() => {
    const passages = findings.flatMap(({ passage, severity }) =>
      passage ? [{ from: passage.from, to: passage.to, isBlocking: severity === 'block' }] : [],
    );
    editor.view.dispatch(
      editor.state.tr.setMeta(findingMarksKey, { passages, skipped }).setMeta('addToHistory', false),
    );
  }, [editor, findings, skipped]);

  const filled = new Map(
    draft.document.lines
      .flat()
      .flatMap((inline) => (inline.type === 'slot' ? [[inline.slot, inline.value] as const] : [])),
  );
  const filledCount = [...filled.values()].filter((value) => value.trim() !== '').length;

  return (
    <RichTextEditor
      className="fit"
      classNames={{ control: 'button icon-only' }}
      editor={editor}
      unstyled
      withTypographyStyles={false}
      labels={{ undoControlLabel: say('editor.undo'), redoControlLabel: say('editor.redo') }}
    >
      <div className="tools">
        <TemplateMenu view={view} draft={draft} templates={templates} />
        <span className="grow" />
        <RichTextEditor.Undo icon={UndoIcon} />
        <RichTextEditor.Redo icon={RedoIcon} />
        <LanguageMenu draft={draft} />
        <InsertSlot editor={editor} slots={slots} draft={draft} />
      </div>
      <RichTextEditor.Content className="editor" />
      <LengthMeter
        measure={draft.measure}
        limits={view.channel.limits}
        findings={findings.length}
        slots={filled.size}
        filled={filledCount}
      />
      <SlotFields editor={editor} slots={slots} draft={draft} />
      <FindingList
        findings={findings}
        onReplace={(finding) => {
          replacePassage(editor, finding, draft);
        }}
        onKeep={() => {
          noteField.current?.focus();
        }}
        slots={slots}
      />
      <div className="note-field">
        <TextField
          label={say('editor.note')}
          value={draft.note}
          dir="auto"
          maxLength={10_000}
          onChange={(event) => {
            draft.setNote(event.currentTarget.value);
          }}
          ref={noteField}
        />
      </div>
      {draft.isChanged ? (
        <p className="label" style={{ marginTop: 'var(--s2)' }}>
          <Button size="small" flush onClick={draft.takeNewest}>
            {say(view.revisions.length === 0 ? 'editor.startOver' : 'editor.backToRevision', {
              revision: draft.basedOn,
            })}
          </Button>
        </p>
      ) : null}
    </RichTextEditor>
  );
};
