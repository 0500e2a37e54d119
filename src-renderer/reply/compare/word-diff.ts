import { diffArrays } from 'diff';
import type { Document } from '#workflows/content/document.ts';

export interface DiffPart {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
  /** A slot's value, where it stands as such. */
  readonly isSlot: boolean;
}

interface Token {
  /** What makes two tokens equal. */
  readonly key: string;
  readonly text: string;
  readonly isSlot: boolean;
}

const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

const wordsOf = (text: string): Token[] =>
  [...segmenter.segment(text)].map(({ segment }) => ({ key: segment, text: segment, isSlot: false }));

const NEWLINE: Token = { key: '\n', text: '\n', isSlot: false };

const joinLines = (lines: readonly Token[][]): Token[] =>
  lines.flatMap((line, index) => (index === 0 ? line : [NEWLINE, ...line]));

/** Tokens of a text as it is read: values like any other words. */
const tokensOfText = (text: string): Token[] => joinLines(text.split('\n').map(wordsOf));

/** Tokens of a document in which a filled slot equals the slot of its template. */
const tokensOfDocument = ({ lines }: Document): Token[] =>
  joinLines(
    lines.map((line) =>
      line.flatMap((inline) =>
        inline.type === 'text'
          ? wordsOf(inline.text)
          : [{ key: `\u0000${inline.slot}`, text: inline.value, isSlot: true }],
      ),
    ),
  );

const SLOT = /\{\{([a-z][a-z0-9-]{0,39})\}\}/g;

/** Tokens of a template's body, written with `{{slot}}` marks. */
const tokensOfTemplate = (body: string): Token[] =>
  joinLines(
    body.split('\n').map((line) => {
      const tokens: Token[] = [];
      let end = 0;
      for (const match of line.matchAll(SLOT)) {
        tokens.push(...wordsOf(line.slice(end, match.index)), {
          key: `\u0000${match[1] ?? ''}`,
          text: match[0],
          isSlot: true,
        });
        end = match.index + match[0].length;
      }
      return [...tokens, ...wordsOf(line.slice(end))];
    }),
  );

const diff = (before: readonly Token[], after: readonly Token[]): DiffPart[] => {
  const parts: DiffPart[] = [];
  let place = 0;
  for (const { value, added, removed } of diffArrays(
    before.map(({ key }) => key),
    after.map(({ key }) => key),
  )) {
    if (removed) {
      // Removed tokens are found again in the order of the older text.
      parts.push(
        ...value.map((key): DiffPart => ({
          kind: 'removed',
          text: key.startsWith('\u0000') ? `{{${key.slice(1)}}}` : key,
          isSlot: key.startsWith('\u0000'),
        })),
      );
      continue;
    }
    for (const token of after.slice(place, place + value.length)) {
      parts.push({ kind: added ? 'added' : 'same', text: token.text, isSlot: token.isSlot });
    }
    place += value.length;
  }
  return merge(gather(parts));
};

const isGap = ({ kind, text }: DiffPart): boolean => kind === 'same' && /^[^\S\n]+$/u.test(text);

/** One change of several words: what was removed in one piece, then what was added in one piece. */
const pieceOf = (run: readonly DiffPart[]): DiffPart[] => {
  const side = (kind: 'removed' | 'added'): DiffPart[] =>
    run.some((part) => part.kind === kind)
      ? run.filter((part) => part.kind === kind || part.kind === 'same').map((part) => ({ ...part, kind }))
      : [];
  const [removed, added] = [side('removed'), side('added')];
  // Where one side is untouched, its white space between the changes stays what it is: unchanged.
  if (removed.length === 0 || added.length === 0) return [...run];
  const [before, after] = [removed.at(-1), added.at(-1)];
  const endsAlike = before?.text === after?.text && after !== undefined && isGap({ ...after, kind: 'same' });
  if (!endsAlike) return [...removed, ...added];
  return [...removed.slice(0, -1), ...added.slice(0, -1), { ...after, kind: 'same' }];
};

/** White space between two changes belongs to them, so that they read as phrases and not as single words. */
const gather = (parts: readonly DiffPart[]): DiffPart[] => {
  const gathered: DiffPart[] = [];
  let run: DiffPart[] = [];
  const flush = (): void => {
    const tail: DiffPart[] = [];
    while (run.at(-1)?.kind === 'same') tail.unshift(...run.splice(-1));
    gathered.push(...pieceOf(run), ...tail);
    run = [];
  };
  for (const part of parts) {
    if (part.kind !== 'same' || (run.length > 0 && isGap(part))) run.push(part);
    else {
      flush();
      gathered.push(part);
    }
  }
  flush();
  return gathered;
};

/** Neighbours of one kind are one part. */
const merge = (parts: readonly DiffPart[]): DiffPart[] => {
  const merged: DiffPart[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (last?.kind === part.kind && !last.isSlot && !part.isSlot) {
      merged[merged.length - 1] = { ...last, text: last.text + part.text };
    } else merged.push(part);
  }
  return merged;
};

/** What changed from one revision's text to another's, word by word. */
export const diffTexts = (before: string, after: string): DiffPart[] => diff(tokensOfText(before), tokensOfText(after));

/** How a text differs from its template; filled slots are no difference. */
export const diffFromTemplate = (body: string, document: Document): DiffPart[] =>
  diff(tokensOfTemplate(body), tokensOfDocument(document));

/** Words added and removed. */
export const countChanges = (parts: readonly DiffPart[]): { added: number; removed: number } => {
  const count = (kind: DiffPart['kind']): number =>
    parts
      .filter((part) => part.kind === kind)
      .reduce(
        (total, { text }) => total + [...segmenter.segment(text)].filter(({ isWordLike }) => isWordLike).length,
        0,
      );
  return { added: count('added'), removed: count('removed') };
};
