import { Extension } from '@tiptap/core';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import type { Node as ProseMirrorNode } from '@tiptap/pm/model';

/** A place in the text that is sent, in UTF-16 units. */
export interface MarkedPassage {
  readonly from: number;
  readonly to: number;
  readonly isBlocking: boolean;
}

const key = new PluginKey<DecorationSet>('finding-marks');

export interface TextPlace {
  readonly position: number;
  /** Inside a slot, which is one unit of the editor whatever its value's length. */
  readonly isInSlot: boolean;
}

/** Where each unit of the text stands in the editor's document; lines are parted by one unit. */
export const placesOf = (document: ProseMirrorNode): TextPlace[] => {
  const places: TextPlace[] = [];
  document.forEach((paragraph, offset, index) => {
    if (index > 0) places.push({ position: offset, isInSlot: false });
    paragraph.forEach((node, inner) => {
      const start = offset + 1 + inner;
      const text = node.isText ? (node.text ?? '') : String(node.attrs.value ?? '');
      for (let unit = 0; unit < text.length; unit += 1) {
        places.push(node.isText ? { position: start + unit, isInSlot: false } : { position: start, isInSlot: true });
      }
    });
  });
  return places;
};

const decorate = (document: ProseMirrorNode, passages: readonly MarkedPassage[], skipped: number): DecorationSet => {
  const places = placesOf(document);
  const decorations = passages.flatMap(({ from, to, isBlocking }) => {
    const start = places[from + skipped];
    const last = places[to + skipped - 1];
    if (!start || !last) return [];
    return [
      Decoration.inline(start.position, last.position + 1, {
        class: isBlocking ? 'finding-mark block' : 'finding-mark',
      }),
    ];
  });
  return DecorationSet.create(document, decorations);
};

/** Underlines what the checks found; the marks follow the text until the next findings come. */
export const FindingMarks = Extension.create({
  name: 'findingMarks',
  addProseMirrorPlugins: () => [
    new Plugin<DecorationSet>({
      key,
      state: {
        init: () => DecorationSet.empty,
        apply: (transaction, marks) => {
          const next = transaction.getMeta(key) as { passages: readonly MarkedPassage[]; skipped: number } | undefined;
          return next
            ? decorate(transaction.doc, next.passages, next.skipped)
            : marks.map(transaction.mapping, transaction.doc);
        },
      },
      props: { decorations: (state) => key.getState(state) },
    }),
  ],
});

export const findingMarksKey = key;
