import type { Finding } from '#workflows/checks/checks.ts';
import type { ReplyView } from '#workflows/contract/reply.contract.ts';
import { useSession } from '../../app/session.tsx';
import { Icon } from '../../design/icon.tsx';
import { usePast } from '../../history/past.tsx';
import { useWords } from '../../words/use-words.ts';
import type { DraftReading } from '../editor/use-draft.ts';

const NAMED = ['terms', 'length', 'slots', 'characters'] as const satisfies readonly Finding['check'][];

/** One line for each check: passed, or how much it found. */
export const ChecksSection = ({ view, draft }: { view: ReplyView; draft: DraftReading }) => {
  const say = useWords();
  const { session } = useSession();
  const isNow = usePast() === null;
  const findings = draft.isEditing ? (draft.preview?.findings ?? []) : view.findings;
  const newest = view.revisions.at(-1);
  const measure = draft.isEditing ? draft.measure : newest?.measure;
  const { graphemes: limit } = view.channel.limits;
  if (!draft.isEditing && (!newest || newest.operation === 'takeDown')) return null;
  const isAuthor = view.authors.some(({ id }) => id === session.person.id);
  const isReviewer = session.person.roles.some((role) => role === 'comms' || role === 'legal');
  const slots = draft.document.lines.flat().filter(({ type }) => type === 'slot').length;
  return (
    <section className="section">
      <h2>
        {say('checks.title')}
        {draft.isEditing ? <span className="label">{say('checks.asYouType')}</span> : null}
      </h2>
      <ul className="checks">
        {NAMED.filter((check) => check !== 'slots' || slots > 0).map((check) => {
          const found = findings.filter((finding) => finding.check === check);
          const isBad = found.some(({ severity }) => severity === 'block');
          const detail =
            check === 'length' && measure
              ? limit === null
                ? say('length.characters', { count: measure.graphemes })
                : say('length.of', { count: measure.graphemes, limit })
              : found.length > 0
                ? say('check.count', { count: found.length })
                : say('check.passed');
          return (
            <li key={check}>
              <Icon
                name={found.length === 0 ? 'check' : isBad ? 'stop' : 'warn'}
                className={found.length === 0 ? 'ok' : isBad ? 'bad' : 'warn'}
              />
              <span>{say(found.length === 0 ? `checks.${check}` : `checks.${check}.found`)}</span>
              <span className="label">{detail}</span>
            </li>
          );
        })}
        <li>
          <Icon name={view.isHeld ? 'lock' : 'check'} className={view.isHeld ? 'warn' : 'ok'} />
          <span>{say(view.isHeld ? 'checks.hold.found' : 'checks.hold')}</span>
          <span className="label">{view.isHeld ? '' : say('check.passed')}</span>
        </li>
        {isReviewer && isNow && !draft.isEditing ? (
          <li>
            <Icon name={isAuthor ? 'stop' : 'check'} className={isAuthor ? 'warn' : 'ok'} />
            <span>{say(isAuthor ? 'checks.author.found' : 'checks.author')}</span>
            <span className="label">{say(isAuthor ? 'checks.author.no' : 'checks.author.yes')}</span>
          </li>
        ) : null}
      </ul>
    </section>
  );
};
