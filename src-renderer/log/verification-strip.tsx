import { useState } from 'react';
import { errorInWords } from '../api/errors.ts';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { useWords } from '../words/use-words.ts';
import { VerificationDialog } from './verification-dialog.tsx';
import type { Verification, VerificationControl } from './verification.ts';

type Running = Extract<Verification, { kind: 'running' }>;

/** So long it runs before it can be said how long it will take, in milliseconds. */
const LONG_ENOUGH = 2_000;

const Progress = ({ state, onStop }: { state: Running; onStop: () => void }) => {
  const say = useWords();
  const { records, total, problems, took } = state;
  const part = total === 0 ? 0 : Math.min(1, records / total);
  const left = took < LONG_ENOUGH || part === 0 ? null : Math.ceil((took / part - took) / 1_000);
  return (
    <div className="log-strip" role="group" aria-label={say('log.verify.running')}>
      <b>{say('log.verify.running')}</b>
      <span
        className="progress"
        role="progressbar"
        aria-label={say('log.verify.bar')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(part * 100)}
      >
        <i style={{ width: `${String(part * 100)}%` }} />
      </span>
      <span className="soft grow cut figure">{say('log.verify.progress', { records, total, problems })}</span>
      {left === null ? null : <span className="label figure">{say('log.verify.left', { seconds: left })}</span>}
      <Button size="small" kind="lined" onClick={onStop}>
        {say('log.verify.stop')}
      </Button>
    </div>
  );
};

/** How the verification stands, above the table; its result stays until it is put away. */
export const VerificationStrip = ({
  verification,
  command,
}: {
  verification: VerificationControl;
  command: string | null;
}) => {
  const say = useWords();
  const [isOpen, setIsOpen] = useState(false);
  const { state, stop, dismiss } = verification;
  const away = (
    <Button size="small" onClick={dismiss}>
      {say('log.verify.dismiss')}
    </Button>
  );
  if (state.kind === 'none') return null;
  if (state.kind === 'running') return <Progress state={state} onStop={stop} />;
  if (state.kind === 'stopped') {
    return (
      <div className="log-strip" role="status">
        <Icon name="stop" />
        <span className="grow">{say('log.verify.stopped')}</span>
        {away}
      </div>
    );
  }
  if (state.kind === 'failed') {
    return (
      <div className="log-strip caution" role="alert">
        <Icon name="warn" className="warn" />
        <span className="grow">
          <b>{say('log.verify.failed')}.</b> {errorInWords(say, state.error)}
        </span>
        {away}
      </div>
    );
  }
  const { ok, size, problems } = state.result;
  return (
    <div className={`log-strip ${ok ? '' : 'alarm'}`} role={ok ? 'status' : 'alert'}>
      <Icon name={ok ? 'check-circle' : 'stop'} className={ok ? 'ok' : 'bad'} />
      <b>{ok ? say('log.verify.sound', { size }) : say('log.verify.notSound', { size, problems: problems.length })}</b>
      <span className="label grow cut">{say.moment(state.at)}</span>
      <Button
        size="small"
        kind="lined"
        onClick={() => {
          setIsOpen(true);
        }}
      >
        {say(ok ? 'log.verify.details' : 'log.verify.problems')}
      </Button>
      {away}
      {isOpen ? (
        <VerificationDialog
          result={state.result}
          at={state.at}
          command={command}
          onClose={() => {
            setIsOpen(false);
          }}
        />
      ) : null}
    </div>
  );
};
