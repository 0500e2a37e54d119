import { useMemo, useState } from 'react';
import type { ReplyView, RevisionView } from '#workflows/contract/reply.contract.ts';
import { useWords } from '../../words/use-words.ts';
import { diffFromTemplate, diffTexts, type DiffPart } from './word-diff.ts';

/** Added and removed words as ink: underlined, struck through, and said to screen readers. */
export const DiffText = ({ parts }: { parts: readonly DiffPart[] }) => {
  const say = useWords();
  return (
    <>
      {parts.map(({ kind, text, isSlot }, index) => {
        const words = isSlot ? <span className="slot">{text}</span> : text;
        if (kind === 'added') {
          return (
            <ins key={index}>
              <span className="sr-only">{say('compare.added')} </span>
              {words}
            </ins>
          );
        }
        if (kind === 'removed') {
          return (
            <del key={index}>
              <span className="sr-only">{say('compare.removed')} </span>
              {words}
            </del>
          );
        }
        return <span key={index}>{words}</span>;
      })}
    </>
  );
};

type Base =
  | { readonly kind: 'revision'; readonly revision: number }
  | { readonly kind: 'template' }
  | { readonly kind: 'nothing' };

const isBase = (a: Base, b: Base): boolean => JSON.stringify(a) === JSON.stringify(b);

/** With what the newest revision can be compared, the most telling first. */
const basesFor = (view: ReplyView, newest: RevisionView, lastSeen: number | null): Base[] => {
  const earlier = view.revisions.filter(({ revision }) => revision < newest.revision).map(({ revision }) => revision);
  const seen = lastSeen !== null && earlier.includes(lastSeen) ? lastSeen : null;
  const previous = earlier.at(-1);
  const revisions = [...new Set([seen, previous].filter((revision) => revision !== null && revision !== undefined))];
  return [
    ...revisions.map((revision): Base => ({ kind: 'revision', revision })),
    ...(view.template ? [{ kind: 'template' } as const] : []),
    { kind: 'nothing' },
  ];
};

const partsFor = (view: ReplyView, newest: RevisionView, base: Base): DiffPart[] => {
  if (base.kind === 'template' && view.template) return diffFromTemplate(view.template.text, newest.document);
  const before =
    base.kind === 'revision' ? view.revisions.find(({ revision }) => revision === base.revision)?.text : undefined;
  return before === undefined ? [{ kind: 'same', text: newest.text, isSlot: false }] : diffTexts(before, newest.text);
};

/** The newest text against what the reader saw last, the template, or nothing. */
export const CompareView = ({ view, lastSeen }: { view: ReplyView; lastSeen: number | null }) => {
  const say = useWords();
  const newest = view.revisions.at(-1);
  const bases = useMemo(() => (newest ? basesFor(view, newest, lastSeen) : []), [view, newest, lastSeen]);
  const [chosen, setChosen] = useState<Base | null>(null);
  const base = useMemo<Base>(
    () => (chosen && bases.some((candidate) => isBase(candidate, chosen)) ? chosen : (bases[0] ?? { kind: 'nothing' })),
    [chosen, bases],
  );
  const parts = useMemo(() => (newest ? partsFor(view, newest, base) : []), [view, newest, base]);
  if (!newest) return null;
  if (newest.operation === 'takeDown') return <p className="soft fit">{say('compare.takeDown')}</p>;
  const nameOf = (candidate: Base): string => {
    if (candidate.kind === 'nothing') return say('compare.nothing');
    if (candidate.kind === 'template') return say('compare.template', { version: view.template?.version ?? 0 });
    return candidate.revision === lastSeen
      ? say('compare.lastSeen', { revision: candidate.revision })
      : say('compare.revision', { revision: candidate.revision });
  };
  if (bases.length === 1) return <p className="soft fit">{say('compare.none')}</p>;
  const isSame = base.kind !== 'nothing' && parts.every(({ kind }) => kind === 'same');
  return (
    <>
      <div className="tools">
        <span className="label">{say('compare.with')}</span>
        <span className="segments" role="group" aria-label={say('compare.with')}>
          {bases.map((candidate) => (
            <button
              key={nameOf(candidate)}
              type="button"
              aria-pressed={isBase(candidate, base)}
              onClick={() => {
                setChosen(candidate);
              }}
            >
              {nameOf(candidate)}
            </button>
          ))}
        </span>
        {isSame ? <span className="label">{say('compare.same')}</span> : null}
      </div>
      <div className="compare">
        <p className="read" dir="auto" lang={view.post?.language ?? undefined} data-testid="compare">
          <DiffText parts={parts} />
        </p>
      </div>
    </>
  );
};
