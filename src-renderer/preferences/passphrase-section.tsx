import { useMutation } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { client } from '../api/client.ts';
import { errorInWords, toDeskError } from '../api/errors.ts';
import { useAnnounce } from '../app/announcer.tsx';
import { useSession } from '../app/session.tsx';
import { FormProblem } from '../channels/form-problem.tsx';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { TextField } from '../design/field.tsx';
import { Icon } from '../design/icon.tsx';
import { LEAST_PASSPHRASE } from '../start/start-screen.tsx';
import { useWords } from '../words/use-words.ts';
import { Setting } from './setting.tsx';

const AT_THE_FIELD = new Set(['wrongPassphrase', 'tooManyAttempts']);

const ChangeForm = ({ onChanged, onClose }: { onChanged: () => void; onClose: () => void }) => {
  const say = useWords();
  const [fields, setFields] = useState({ current: '', next: '', again: '' });
  const change = useMutation({
    mutationFn: () => client.session.changePassphrase({ current: fields.current, next: fields.next }),
  });
  const { current, next, again } = fields;
  const problem = change.isError ? errorInWords(say, change.error) : null;
  const isAtField = change.isError && AT_THE_FIELD.has(toDeskError(change.error).reason);
  const missing =
    current === ''
      ? say('preferences.passphrase.currentNeeded')
      : next.length < LEAST_PASSPHRASE
        ? say('passphrase.short', { count: LEAST_PASSPHRASE })
        : next === current
          ? say('preferences.passphrase.same')
          : again !== next
            ? say('passphrase.differs')
            : null;
  const field = (name: keyof typeof fields) => ({
    type: 'password',
    value: fields[name],
    maxLength: 1_000,
    onChange: (event: { currentTarget: { value: string } }) => {
      setFields({ ...fields, [name]: event.currentTarget.value });
      if (change.isError) change.reset();
    },
  });
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (missing || change.isPending) return;
    change.mutate(undefined, { onSuccess: onChanged });
  };
  return (
    <form onSubmit={submit} style={{ display: 'contents' }} noValidate>
      <TextField
        label={say('preferences.passphrase.current')}
        autoComplete="current-password"
        data-autofocus
        problem={isAtField ? problem : null}
        {...field('current')}
      />
      <TextField
        label={say('passphrase.new')}
        autoComplete="new-password"
        hint={say('passphrase.hint', { count: LEAST_PASSPHRASE })}
        problem={next !== '' && next === current ? say('preferences.passphrase.same') : null}
        {...field('next')}
      />
      <TextField
        label={say('passphrase.again')}
        autoComplete="new-password"
        problem={again !== '' && again !== next ? say('passphrase.differs') : null}
        {...field('again')}
      />
      <FormProblem>{isAtField ? null : problem}</FormProblem>
      <div className="dialog-acts">
        <Button onClick={onClose}>{say('act.cancel')}</Button>
        <Button kind="primary" type="submit" isBusy={change.isPending} whyNot={missing}>
          {say('preferences.passphrase.submit')}
        </Button>
      </div>
    </form>
  );
};

/** The passphrase can be changed by whoever knows it; the key that it guards stays the same. */
export const PassphraseSection = () => {
  const say = useWords();
  const announce = useAnnounce();
  const { practicePassphrase } = useSession().session;
  const [isOpen, setIsOpen] = useState(false);
  const [isDone, setIsDone] = useState(false);
  const close = (): void => {
    setIsOpen(false);
  };
  return (
    <section className="section" id="passphrase" tabIndex={-1}>
      <h2>{say('preferences.passphrase')}</h2>
      <Setting
        title={say('preferences.passphrase.title')}
        text={say(practicePassphrase ? 'preferences.passphrase.sample' : 'preferences.passphrase.text')}
      >
        <Button
          kind="lined"
          icon="key"
          whyNot={practicePassphrase ? say('preferences.passphrase.sample') : null}
          onClick={() => {
            setIsDone(false);
            setIsOpen(true);
          }}
        >
          {say('preferences.passphrase.change')}
        </Button>
        {isDone ? (
          <p className="state ok wrap">
            <Icon name="check-circle" size="small" />
            {say('preferences.passphrase.done')}
          </p>
        ) : null}
      </Setting>
      <Dialog isOpen={isOpen} onClose={close} title={say('preferences.passphrase.change')}>
        <ChangeForm
          onClose={close}
          onChanged={() => {
            announce(say('preferences.passphrase.done'));
            setIsDone(true);
            close();
          }}
        />
      </Dialog>
    </section>
  );
};
