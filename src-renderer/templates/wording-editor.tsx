import { EditorContent, useEditor, type Editor } from '@tiptap/react';
import { useEffect, useId, useRef } from 'react';
import type { Document } from '#workflows/content/document.ts';
import { Icon } from '../design/icon.tsx';
import { fromEditor, PLAIN_TEXT, SlotNode, toEditor } from '../reply/editor/schema.ts';
import { useWords } from '../words/use-words.ts';

/** Where a template's wording is written: plain text with slots as chips. */
export const WordingEditor = ({
  document: written,
  language,
  generation,
  problem,
  onChange,
  onReady,
}: {
  document: Document;
  language: string;
  generation: number;
  problem: string | null;
  onChange: (document: Document) => void;
  onReady: (editor: Editor) => void;
}) => {
  const say = useWords();
  const id = useId();
  const attributes = {
    role: 'textbox',
    'aria-multiline': 'true',
    'aria-labelledby': `${id}-label`,
    'aria-describedby': `${id}-hint`,
    ...(problem === null ? {} : { 'aria-invalid': 'true' }),
    lang: language,
    dir: 'auto',
    spellcheck: 'true',
  };
  const editor = useEditor({
    injectCSS: false,
    immediatelyRender: true,
    shouldRerenderOnTransaction: false,
    extensions: [PLAIN_TEXT, SlotNode],
    content: toEditor(written),
    editorProps: { attributes },
  });

  useEffect(() => {
    const take = (): void => {
      onChange(fromEditor(editor.getJSON()));
    };
    editor.on('update', take);
    return () => {
      editor.off('update', take);
    };
  }, [editor, onChange]);
  useEffect(() => {
    onReady(editor);
  }, [editor, onReady]);

  // The text was set from outside: another version was taken.
  const seen = useRef(generation);
  useEffect(() => {
    if (seen.current === generation) return;
    seen.current = generation;
    editor.commands.setContent(toEditor(written), { emitUpdate: false });
  }, [editor, generation, written]);

  const said = JSON.stringify(attributes);
  useEffect(() => {
    editor.setOptions({ editorProps: { attributes: JSON.parse(said) as Record<string, string> } });
  }, [editor, said]);

  return (
    <div className="field">
      <span className="label" id={`${id}-label`}>
        {say('templates.edit.text')}
      </span>
      <div className="editor">
        <EditorContent editor={editor} />
      </div>
      {problem ? (
        <span className="problem" id={`${id}-hint`} role="alert">
          <Icon name="stop" size="small" />
          {problem}
        </span>
      ) : (
        <span className="hint" id={`${id}-hint`}>
          {say('templates.edit.text.hint')}
        </span>
      )}
    </div>
  );
};
