import { Link } from '@tanstack/react-router';
import type { VerificationView } from '#workflows/contract/journal.contract.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Icon } from '../design/icon.tsx';
import { useWords } from '../words/use-words.ts';
import { CopyButton } from './copy-button.tsx';
import { HashValue } from './hash-value.tsx';

/** More than these are left to the command line. */
const MOST_PROBLEMS = 50;

const Problems = ({ problems, onClose }: { problems: VerificationView['problems']; onClose: () => void }) => {
  const say = useWords();
  return (
    <ol className="problems">
      {problems.slice(0, MOST_PROBLEMS).map(({ seq, code, message }, index) => (
        <li key={`${code}-${String(seq)}-${String(index)}`}>
          <Icon name="stop" className="bad" />
          <div>
            <b>{seq === null ? say('log.verify.wholeJournal') : say('log.verify.place', { seq })}</b>{' '}
            <code className="mono">{code}</code>
            <p>{say(`log.problem.${code}`)}</p>
            <p className="label">{message}</p>
          </div>
          {seq === null ? null : (
            <Link className="button small lined" to="/log/$seq" params={{ seq: String(seq) }} onClick={onClose}>
              {say('log.verify.toRecord', { seq })}
            </Link>
          )}
        </li>
      ))}
      {problems.length > MOST_PROBLEMS ? (
        <li className="soft">{say('log.verify.more', { count: problems.length - MOST_PROBLEMS })}</li>
      ) : null}
    </ol>
  );
};

/** What a verification found: in plain words, with places, and how an outsider finds the same. */
export const VerificationDialog = ({
  result,
  at,
  command,
  onClose,
}: {
  result: VerificationView;
  at: string;
  command: string | null;
  onClose: () => void;
}) => {
  const say = useWords();
  const { ok, size, root, fingerprint, notes, problems } = result;
  return (
    <Dialog isOpen onClose={onClose} title={say('log.verify.result')} size={680}>
      <div className="verdict">
        <Icon name={ok ? 'check-circle' : 'stop'} size="large" className={ok ? 'ok' : 'bad'} />
        <div>
          <h3>
            {ok ? say('log.verify.sound', { size }) : say('log.verify.notSound', { size, problems: problems.length })}
          </h3>
          <p className="soft">
            {ok ? say('log.verify.soundText', { at: say.moment(at) }) : say('log.verify.notSoundText')}
          </p>
        </div>
      </div>
      {problems.length > 0 ? <Problems problems={problems} onClose={onClose} /> : null}
      <dl className="facts log-facts">
        <dt>{say('log.verify.checkedAt')}</dt>
        <dd>{say.exact(at)}</dd>
        <dt>{say('log.verify.records')}</dt>
        <dd className="figure">{say.number(size)}</dd>
        <dt>{say('log.verify.root')}</dt>
        <dd className="mono">{root}</dd>
        {fingerprint === '' ? null : (
          <>
            <dt>{say('log.verify.fingerprint')}</dt>
            <dd>
              <HashValue name={say('log.hash.fingerprint')} value={fingerprint} />
            </dd>
          </>
        )}
        {notes.length > 0 ? (
          <>
            <dt>{say('log.verify.notes')}</dt>
            <dd>
              {notes.map(({ code, message }) => (
                <p key={`${code}${message}`}>
                  {say.has(`log.note.${code}`) ? say(`log.note.${code as 'uncovered-tail'}`) : code}
                  <span className="label">: {message}</span>
                </p>
              ))}
            </dd>
          </>
        ) : null}
      </dl>
      {command === null ? null : (
        <section className="passage">
          <h3>{say('log.journal.command')}</h3>
          <p className="soft">{say('log.journal.command.lead')}</p>
          <pre className="mono bytes command">{command}</pre>
        </section>
      )}
      <section className="passage">
        <h3>{say('log.verify.whatIsProved')}</h3>
        <p className="soft">{say('log.verify.limits')}</p>
      </section>
      <div className="dialog-acts">
        {command === null ? null : <CopyButton text={command} label={say('log.copyCommand')} />}
        <Button kind="primary" onClick={onClose}>
          {say('act.close')}
        </Button>
      </div>
    </Dialog>
  );
};
