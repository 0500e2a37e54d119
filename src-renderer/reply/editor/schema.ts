import { Node, mergeAttributes, type JSONContent } from '@tiptap/core';
import StarterKit from '@tiptap/starter-kit';
import type { Document, Inline } from '#workflows/content/document.ts';

/** Lines of plain text with undo: a channel has no bold and no lists. */
export const PLAIN_TEXT = StarterKit.configure({
  blockquote: false,
  bold: false,
  bulletList: false,
  code: false,
  codeBlock: false,
  dropcursor: false,
  gapcursor: false,
  hardBreak: false,
  heading: false,
  horizontalRule: false,
  italic: false,
  link: false,
  listItem: false,
  listKeymap: false,
  orderedList: false,
  strike: false,
  trailingNode: false,
  underline: false,
});

/** A document as the editor holds it. */
export const toEditor = ({ lines }: Document): JSONContent => ({
  type: 'doc',
  content: lines.map((line) => ({
    type: 'paragraph',
    content: line.map((inline) =>
      inline.type === 'text'
        ? { type: 'text', text: inline.text }
        : { type: 'slot', attrs: { slot: inline.slot, value: inline.value } },
    ),
  })),
});

/** What the editor holds, as a document. Line breaks inside a paragraph are lines of their own. */
export const fromEditor = (json: JSONContent): Document => ({
  lines: (json.content ?? []).map((paragraph) =>
    (paragraph.content ?? []).flatMap((node): Inline[] => {
      if (node.type === 'slot') {
        const { slot, value } = node.attrs as { slot: string; value: string };
        return [{ type: 'slot', slot, value }];
      }
      return node.text ? [{ type: 'text', text: node.text }] : [];
    }),
  ),
});

export interface SlotStorage {
  /** What an empty slot shows in its place, by its name. */
  prompts: ReadonlyMap<string, string>;
  onPick: (slot: string) => void;
}

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    slot: {
      /** Says what empty slots ask for, and what happens when one is chosen; draws them anew. */
      describeSlots: (storage: SlotStorage) => ReturnType;
    };
  }
}

interface SlotAttributes {
  readonly slot: string;
  readonly value: string;
}

/** A place in an approved wording for a value: one unit that is filled beside the text, not typed over. */
export const SlotNode = Node.create<object, SlotStorage>({
  name: 'slot',
  group: 'inline',
  inline: true,
  atom: true,
  selectable: true,

  addStorage: () => ({ prompts: new Map(), onPick: () => undefined }),

  addAttributes: () => ({ slot: { default: '' }, value: { default: '' } }),

  // Pasted HTML never makes a slot: slots come from templates alone.
  parseHTML: () => [],

  renderHTML: ({ node, HTMLAttributes }) => [
    'span',
    mergeAttributes(HTMLAttributes, { class: 'slot' }),
    (node.attrs as SlotAttributes).value,
  ],

  renderText: ({ node }) => (node.attrs as SlotAttributes).value,

  addCommands() {
    return {
      describeSlots:
        ({ prompts, onPick }) =>
        ({ tr, dispatch }) => {
          this.storage.prompts = prompts;
          this.storage.onPick = onPick;
          tr.doc.descendants((node, position) => {
            if (node.type.name === 'slot') tr.setNodeMarkup(position, undefined, { ...node.attrs });
          });
          tr.setMeta('addToHistory', false).setMeta('preventUpdate', true);
          dispatch?.(tr);
          return true;
        },
    };
  },

  addNodeView() {
    return ({ node }) => {
      const dom = document.createElement('span');
      const draw = ({ slot, value }: SlotAttributes): void => {
        const prompt = this.storage.prompts.get(slot) ?? slot;
        dom.className = value === '' ? 'slot empty' : 'slot';
        dom.dataset.slot = slot;
        dom.title = prompt;
        dom.textContent = value === '' ? prompt : value;
      };
      draw(node.attrs as SlotAttributes);
      dom.addEventListener('click', () => {
        this.storage.onPick(dom.dataset.slot ?? '');
      });
      return {
        dom,
        update: (updated) => {
          if (updated.type.name !== 'slot') return false;
          draw(updated.attrs as SlotAttributes);
          return true;
        },
      };
    };
  },
});
