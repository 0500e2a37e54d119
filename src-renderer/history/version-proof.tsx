import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { TextVersion } from '#workflows/contract/history.contract.ts';
import { Icon } from '../design/icon.tsx';
import { CopyButton } from '../log/copy-button.tsx';
import { DiffText } from '../reply/compare/compare-view.tsx';
import { diffTexts } from '../reply/compare/word-diff.ts';
import { useWords } from '../words/use-words.ts';
import { useFingerprint } from './use-fingerprint.ts';

type Content = NonNullable<TextVersion['content']>;

const Matches = ({ content, contentHash }: { content: Content; contentHash: string }) => {
  const say = useWords();
  const made = useFingerprint(content.source);
  if (made === null) return <p className="soft">{say('history.version.calculating')}</p>;
  const isMatch = content.isValid && made === contentHash;
  const key = isMatch ? 'history.version.matches' : 'history.version.differs';
  return (
    <>
      <p className={`state ${isMatch ? 'ok' : 'bad'}`} role={isMatch ? undefined : 'alert'}>
        <Icon name={isMatch ? 'check-circle' : 'stop'} size="small" />
        <b>{say(key)}</b>
      </p>
      <p className="soft">{say(`${key}.text`)}</p>
    </>
  );
};

const CompareWith = ({
  others,
  base,
  onCompare,
}: {
  others: readonly TextVersion[];
  base: TextVersion | null;
  onCompare: (revision: number | null) => void;
}) => {
  const say = useWords();
  const readable = others.filter(({ content }) => content !== null);
  if (readable.length === 0) return null;
  return (
    <label className="line compare-with">
      <span className="label">{say('history.version.compare')}</span>
      <select
        className="input fitting"
        value={base?.revision ?? ''}
        onChange={({ currentTarget: { value } }) => {
          onCompare(value === '' ? null : Number(value));
        }}
      >
        <option value="">{say('history.version.compare.none')}</option>
        {readable.map(({ revision }) => (
          <option key={revision} value={revision}>
            {say('history.version', { revision })}
          </option>
        ))}
      </select>
    </label>
  );
};

const Wording = ({
  version: { operation, revision, content },
  base,
  language,
}: {
  version: TextVersion;
  base: TextVersion | null;
  language: string | null;
}) => {
  const say = useWords();
  const before = base?.content?.text ?? null;
  const text = content?.text ?? '';
  const parts = useMemo(() => (before === null ? null : diffTexts(before, text)), [before, text]);
  if (operation === 'takeDown') return <p className="soft">{say('history.version.takeDown')}</p>;
  const isSame = parts?.every(({ kind }) => kind === 'same') ?? false;
  return (
    <section
      aria-label={
        base
          ? say('history.version.changes', { base: base.revision, revision })
          : say('history.version.text', { revision })
      }
    >
      {isSame ? <p className="label">{say('compare.same')}</p> : null}
      <p className="read" dir="auto" lang={language ?? undefined} data-testid="version-text">
        {parts ? <DiffText parts={parts} /> : text}
      </p>
    </section>
  );
};

/** One version: its text, or how it differs from another; its fingerprint, and the bytes that it is made of. */
export const VersionProof = ({
  version,
  base,
  others,
  language,
  onCompare,
}: {
  version: TextVersion;
  base: TextVersion | null;
  others: readonly TextVersion[];
  language: string | null;
  onCompare: (revision: number | null) => void;
}) => {
  const say = useWords();
  const { revision, seq, contentHash, content } = version;
  return (
    <div className="version-proof">
      <div className="tools">
        <h2>{say('history.version', { revision })}</h2>
        <Link className="link label" to="/log/$seq" params={{ seq: String(seq) }} search={{ view: 'everything' }}>
          {say('log.record', { seq })}
        </Link>
        <span className="grow" />
        {content ? <CompareWith others={others} base={base} onCompare={onCompare} /> : null}
      </div>
      {content ? (
        <Wording version={version} base={base} language={language} />
      ) : (
        <p className="soft">
          <Icon name="lock" size="small" /> {say('history.version.erased')}
        </p>
      )}
      <section className="proof" aria-label={say('history.version.fingerprint')}>
        <h3>{say('history.version.fingerprint')}</h3>
        <p className="mono">{contentHash}</p>
        {content ? <Matches content={content} contentHash={contentHash} /> : null}
      </section>
      {content ? (
        <section className="proof" aria-label={say('history.version.bytes')}>
          <h3 className="line">
            {say('history.version.bytes')}
            <span className="label grow">
              {say('history.version.bytes.count', { count: new TextEncoder().encode(content.source).length })}
            </span>
            <CopyButton text={content.source} label={say('log.copy')} />
          </h3>
          <pre className="mono bytes" tabIndex={0} aria-label={say('history.version.bytes')} dir="ltr">
            {content.source}
          </pre>
        </section>
      ) : null}
    </div>
  );
};
