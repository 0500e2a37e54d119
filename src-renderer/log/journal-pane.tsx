import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useSession } from '../app/session.tsx';
import { useOverview } from '../app/use-overview.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Icon } from '../design/icon.tsx';
import { JumpForm } from '../history/jump-form.tsx';
import { saveFile } from '../reply/save-file.ts';
import { useWords } from '../words/use-words.ts';
import { CopyButton } from './copy-button.tsx';
import { HashValue } from './hash-value.tsx';
import { TimestampsSection } from './timestamps-section.tsx';
import type { Checkpoint } from './use-checkpoint.ts';

/** When no record is chosen: the journal as a whole, what to keep of it elsewhere, how an outsider checks it. */
export const JournalPane = ({ checkpoint, command }: { checkpoint: Checkpoint | null; command: string | null }) => {
  const say = useWords();
  const navigate = useNavigate();
  const { workspace } = useSession();
  const journal = useOverview()?.journal;
  const [isShown, setIsShown] = useState(false);
  const last = journal?.lastVerification ?? null;
  return (
    <>
      <section className="section">
        <h2>{say('log.journal')}</h2>
        <p className="soft">{say('log.journal.lead')}</p>
        <dl className="facts log-facts">
          <dt>{say('log.journal.size')}</dt>
          <dd className="figure">{journal ? say.number(journal.size) : ''}</dd>
          <dt>{say('log.journal.lastCheck')}</dt>
          <dd>
            {last ? (
              <span className="line">
                <Icon name={last.ok ? 'check-circle' : 'stop'} size="small" className={last.ok ? 'ok' : 'bad'} />
                <span>
                  {say(last.ok ? 'log.journal.sound' : 'log.journal.notSound', {
                    at: say.moment(last.at),
                    size: last.size,
                  })}
                </span>
              </span>
            ) : (
              say('log.journal.never')
            )}
          </dd>
          {checkpoint ? (
            <>
              <dt>{say('log.verify.fingerprint')}</dt>
              <dd>
                <HashValue name={say('log.hash.fingerprint')} value={checkpoint.fingerprint} />
              </dd>
            </>
          ) : null}
        </dl>
      </section>
      {checkpoint ? (
        <section className="section">
          <h2>{say('log.journal.checkpoint')}</h2>
          <p className="soft">{say('log.journal.checkpoint.lead')}</p>
          <p className="line acts">
            <Button
              kind="lined"
              icon="download"
              onClick={() => {
                saveFile(`checkpoint-${String(checkpoint.size)}.txt`, checkpoint.text, 'text/plain');
              }}
            >
              {say('log.journal.checkpoint.save')}
            </Button>
            <Button
              onClick={() => {
                setIsShown(true);
              }}
            >
              {say('log.journal.checkpoint.show')}
            </Button>
          </p>
          <Dialog
            isOpen={isShown}
            onClose={() => {
              setIsShown(false);
            }}
            title={say('log.written.checkpoint', { size: checkpoint.size })}
            size={720}
          >
            <pre className="mono bytes" tabIndex={0} aria-label={say('log.journal.checkpoint')}>
              {checkpoint.text}
            </pre>
            <div className="dialog-acts">
              <CopyButton text={checkpoint.text} label={say('log.copy')} />
            </div>
          </Dialog>
        </section>
      ) : null}
      <TimestampsSection />
      <section className="section elsewhere">
        <h2>{say('history.elsewhere')}</h2>
        <p className="soft">{say('history.elsewhere.lead')}</p>
        <JumpForm
          newest={journal ? journal.size - 1 : null}
          example={workspace.createdAt}
          onTravel={(moment) => void navigate({ to: '/as-of/$moment/queue/$queue', params: { moment, queue: 'open' } })}
        />
      </section>
      {command === null ? null : (
        <section className="section">
          <h2>{say('log.journal.command')}</h2>
          <p className="soft">{say('log.journal.command.lead')}</p>
          <pre className="mono bytes command">{command}</pre>
          <p className="label">{say('log.journal.command.pin')}</p>
          <p className="line acts">
            <CopyButton text={command} label={say('log.copyCommand')} kind="lined" />
          </p>
        </section>
      )}
    </>
  );
};
