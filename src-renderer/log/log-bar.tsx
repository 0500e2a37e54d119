import { useQuery } from '@tanstack/react-query';
import { desk } from '../api/client.ts';
import { useSession } from '../app/session.tsx';
import { Button } from '../design/button.tsx';
import { useWords } from '../words/use-words.ts';
import type { ExportControl } from './use-export.ts';
import type { VerificationControl } from './verification.ts';

/** At the foot, always: what may be taken out of the log, and that this is recorded. */
export const LogBar = ({
  seq,
  size,
  verification,
  exporting,
}: {
  seq: number | null;
  size: number;
  verification: VerificationControl;
  exporting: ExportControl;
}) => {
  const say = useWords();
  const { session, workspace } = useSession();
  const record = useQuery({
    ...desk.journal.record.queryOptions({ input: { seq: seq ?? 0 } }),
    enabled: seq !== null,
  }).data;
  const { state } = verification;
  const { isBusy, whyNot } = exporting;
  const reply = record?.reply ?? null;
  return (
    <footer className="bar log-bar no-print">
      <p>
        {say('log.bar.reading', { roles: session.person.roles.map((role) => say(`role.${role}`)) })}
        <br />
        <span className="recorded">
          {say(workspace.readOnly === null ? 'log.bar.recorded' : 'log.bar.notRecorded')}
        </span>
        {exporting.problem ? (
          <span className="bad" role="alert">
            {' '}
            {exporting.problem}
          </span>
        ) : null}
      </p>
      {seq === null ? (
        <Button
          kind="primary"
          isBusy={state.kind === 'running'}
          onClick={() => {
            verification.start(size);
          }}
        >
          {say(state.kind === 'done' ? 'log.verify.again' : 'log.verify')}
        </Button>
      ) : null}
      {seq === null || !record ? null : (
        <>
          {reply ? (
            <>
              <Button
                isBusy={isBusy}
                whyNot={whyNot}
                onClick={() => {
                  exporting.story(reply, 'print');
                }}
              >
                {say('log.printStory')}
              </Button>
              <Button
                isBusy={isBusy}
                whyNot={whyNot}
                onClick={() => {
                  exporting.story(reply, 'save');
                }}
              >
                {say('log.exportStory')}
              </Button>
            </>
          ) : (
            <Button
              isBusy={isBusy}
              whyNot={whyNot}
              onClick={() => {
                exporting.record(seq, 'print');
              }}
            >
              {say('log.printRecord')}
            </Button>
          )}
          <Button
            kind="primary"
            isBusy={isBusy}
            whyNot={whyNot}
            onClick={() => {
              exporting.record(seq, 'save');
            }}
          >
            {say('log.exportRecord', { seq })}
          </Button>
        </>
      )}
    </footer>
  );
};
