import { Link } from '@tanstack/react-router';
import type { ReplyView } from '#workflows/contract/reply.contract.ts';
import { usePast } from '../../history/past.tsx';
import { useWords } from '../../words/use-words.ts';
import type { DraftReading } from '../editor/use-draft.ts';

/** Rounded for people, but never to nothing while something differs. */
const percentOf = ({ distance, words }: { distance: number; words: number }): number =>
  distance === 0 ? 0 : Math.max(1, Math.round((distance * 100) / Math.max(1, words)));

/** Which approved wording it started from, and how far it is from it. */
export const TemplateSection = ({ view, draft }: { view: ReplyView; draft: DraftReading }) => {
  const say = useWords();
  const { template } = view;
  const isNow = usePast() === null;
  const deviation = draft.isEditing ? (draft.preview?.deviation ?? null) : (view.revisions.at(-1)?.deviation ?? null);
  if (!template && !draft.template) {
    return (
      <section className="section">
        <h2>{say('template.title')}</h2>
        <p className="soft">{say('template.none')}</p>
      </section>
    );
  }
  const percent = deviation ? percentOf(deviation) : 0;
  const limit = view.deviationLimit;
  const id = draft.template?.template ?? template?.id;
  return (
    <section className="section">
      <h2>
        {say('template.title')}
        {id && isNow ? (
          <Link className="link" to="/templates/$template" params={{ template: id.slice('template/'.length) }}>
            {say('template.open')}
          </Link>
        ) : null}
      </h2>
      {template && template.id === id ? (
        <>
          <p>{say('template.version', { name: template.name, version: template.version })}</p>
          <p className="label">
            {say('template.approvedBy', { who: template.approvedBy })}
            {template.validUntil ? `, ${say('template.validTo', { at: say.date(template.validUntil) })}` : ''}
          </p>
        </>
      ) : null}
      {deviation ? (
        <>
          <div className="line" style={{ marginTop: 'var(--s2)' }}>
            <span>
              {say('template.deviation')} <b>{say('template.percent', { percent })}</b>
            </span>
            <span
              className={`progress ${percent > limit ? 'over' : ''}`}
              style={{ width: 'auto', flex: 1 }}
              aria-hidden="true"
            >
              <i
                style={{
                  width: `${String(Math.min(100, limit === 0 ? 100 : (percent * 100) / Math.max(1, limit * 1.6)))}%`,
                }}
              />
            </span>
            <span className="label">{say('template.limit', { limit })}</span>
          </div>
          <p className="soft" style={{ marginTop: 'var(--s1)' }}>
            {say('template.words', { distance: deviation.distance, words: deviation.words })}
          </p>
        </>
      ) : null}
    </section>
  );
};
