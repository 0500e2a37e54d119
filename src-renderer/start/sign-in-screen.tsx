import { useState, type SyntheticEvent } from 'react';
import type { SessionView } from '#workflows/contract/session.contract.ts';
import type { WorkspaceStatus } from '#workflows/contract/workspace.contract.ts';
import type { PersonId } from '#workflows/identifiers.ts';
import { client } from '../api/client.ts';
import { errorInWords } from '../api/errors.ts';
import { Button } from '../design/button.tsx';
import { SelectField, TextField } from '../design/field.tsx';
import { Icon } from '../design/icon.tsx';
import { Strip } from '../design/pane-state.tsx';
import { useWords } from '../words/use-words.ts';
import { StartBox } from './start-box.tsx';
import { LEAST_PASSPHRASE } from './start-screen.tsx';
import { useStart } from './use-start.ts';

type SignedOut = Extract<SessionView, { state: 'signedOut' }>;
type Open = Extract<WorkspaceStatus, { state: 'open' }>;

const NAME_KEY = 'countersign.last-person';

const SampleCast = ({ session, passphrase }: { session: SignedOut; passphrase: string }) => {
  const say = useWords();
  const signIn = useStart(client.session.signIn);
  return (
    <>
      <ul className="people-list" aria-label={say('signIn.cast')}>
        {session.people.map(({ id, name, roles }) => (
          <li key={id}>
            <button
              type="button"
              aria-busy={signIn.isPending}
              onClick={() => {
                signIn.mutate({ person: id, passphrase });
              }}
            >
              <Icon name="person" />
              {name}
              <span className="label">{roles.map((role) => say(`role.${role}`)).join(', ')}</span>
            </button>
          </li>
        ))}
      </ul>
      {signIn.isError ? (
        <p className="bad" role="alert">
          {errorInWords(say, signIn.error)}
        </p>
      ) : null}
    </>
  );
};

const SignInForm = ({ session, onInvited }: { session: SignedOut; onInvited: () => void }) => {
  const say = useWords();
  const remembered = localStorage.getItem(NAME_KEY);
  const [person, setPerson] = useState<PersonId | ''>(
    session.people.find(({ id }) => id === remembered)?.id ?? session.people[0]?.id ?? '',
  );
  const [passphrase, setPassphrase] = useState('');
  const signIn = useStart(client.session.signIn);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (person === '' || passphrase === '') return;
    localStorage.setItem(NAME_KEY, person);
    signIn.mutate(
      { person, passphrase },
      {
        onError: () => {
          setPassphrase('');
        },
      },
    );
  };
  return (
    <form className="start-form" onSubmit={submit}>
      <SelectField
        label={say('signIn.person')}
        value={person}
        onChange={(event) => {
          setPerson(event.currentTarget.value as PersonId);
        }}
      >
        {session.people.map(({ id, name, roles }) => (
          <option key={id} value={id}>
            {name} ({roles.map((role) => say(`role.${role}`)).join(', ')})
          </option>
        ))}
      </SelectField>
      <TextField
        label={say('sign.passphrase')}
        type="password"
        autoFocus
        autoComplete="current-password"
        value={passphrase}
        onChange={(event) => {
          setPassphrase(event.currentTarget.value);
        }}
        problem={signIn.isError ? errorInWords(say, signIn.error) : null}
      />
      <div className="dialog-acts">
        <Button onClick={onInvited}>{say('signIn.invited')}</Button>
        <Button
          kind="primary"
          type="submit"
          isBusy={signIn.isPending}
          whyNot={passphrase === '' ? say('refusal.passphraseNeeded') : null}
        >
          {say('signIn.signIn')}
        </Button>
      </div>
    </form>
  );
};

const InvitationForm = ({ onCancel }: { onCancel: () => void }) => {
  const say = useWords();
  const [fields, setFields] = useState({ code: '', passphrase: '' });
  const [again, setAgain] = useState('');
  const accept = useStart(client.session.acceptInvitation);
  const missing =
    fields.code.trim() === ''
      ? say('signIn.code.needed')
      : fields.passphrase.length < LEAST_PASSPHRASE
        ? say('passphrase.short', { count: LEAST_PASSPHRASE })
        : again !== fields.passphrase
          ? say('passphrase.differs')
          : null;
  return (
    <form
      className="start-form"
      onSubmit={(event: SyntheticEvent) => {
        event.preventDefault();
        if (!missing) accept.mutate(fields);
      }}
    >
      <TextField
        label={say('signIn.code')}
        value={fields.code}
        autoFocus
        autoComplete="one-time-code"
        spellCheck={false}
        onChange={(event) => {
          setFields({ ...fields, code: event.currentTarget.value });
        }}
        problem={accept.isError ? errorInWords(say, accept.error) : null}
      />
      <TextField
        label={say('passphrase.new')}
        type="password"
        autoComplete="new-password"
        value={fields.passphrase}
        hint={say('passphrase.hint', { count: LEAST_PASSPHRASE })}
        onChange={(event) => {
          setFields({ ...fields, passphrase: event.currentTarget.value });
        }}
      />
      <TextField
        label={say('passphrase.again')}
        type="password"
        autoComplete="new-password"
        value={again}
        onChange={(event) => {
          setAgain(event.currentTarget.value);
        }}
        problem={again !== '' && again !== fields.passphrase ? say('passphrase.differs') : null}
      />
      <div className="dialog-acts">
        <Button onClick={onCancel}>{say('act.back')}</Button>
        <Button kind="primary" type="submit" isBusy={accept.isPending} whyNot={missing}>
          {say('signIn.accept')}
        </Button>
      </div>
    </form>
  );
};

/** Who sits here: a name and a passphrase, a one-time code, or, in the sample, a click. */
export const SignInScreen = ({ status, session }: { status: Open; session: SignedOut }) => {
  const say = useWords();
  const [isInvited, setIsInvited] = useState(false);
  const leave = useStart(() => client.workspace.close());
  const { practicePassphrase } = session;
  return (
    <StartBox title={status.name} text={say(practicePassphrase ? 'signIn.sampleText' : 'signIn.text')}>
      {status.readOnly ? (
        <Strip icon="lock" tone="caution" title={say('readOnly.banner')}>
          {status.readOnly.seq === null
            ? say('readOnly.why', { message: status.readOnly.message })
            : say('readOnly.place', { seq: say.number(status.readOnly.seq), message: status.readOnly.message })}
        </Strip>
      ) : null}
      {practicePassphrase ? (
        <SampleCast session={session} passphrase={practicePassphrase} />
      ) : isInvited ? (
        <InvitationForm
          onCancel={() => {
            setIsInvited(false);
          }}
        />
      ) : (
        <SignInForm
          session={session}
          onInvited={() => {
            setIsInvited(true);
          }}
        />
      )}
      <p>
        <Button
          size="small"
          onClick={() => {
            leave.mutate(undefined);
          }}
        >
          {say('signIn.other')}
        </Button>
      </p>
    </StartBox>
  );
};
