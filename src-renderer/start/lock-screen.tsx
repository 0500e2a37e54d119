import { useState, type SyntheticEvent } from 'react';
import type { SessionView } from '#workflows/contract/session.contract.ts';
import type { WorkspaceStatus } from '#workflows/contract/workspace.contract.ts';
import { client } from '../api/client.ts';
import { errorInWords } from '../api/errors.ts';
import { Button } from '../design/button.tsx';
import { TextField } from '../design/field.tsx';
import { useWords } from '../words/use-words.ts';
import { StartBox } from './start-box.tsx';
import { useStart } from './use-start.ts';

/** The desk was left alone: the passphrase opens it again, in the same place. */
export const LockScreen = ({
  status,
  session,
}: {
  status: Extract<WorkspaceStatus, { state: 'open' }>;
  session: Extract<SessionView, { state: 'locked' }>;
}) => {
  const say = useWords();
  const [passphrase, setPassphrase] = useState('');
  const unlock = useStart(client.session.unlock);
  const signOut = useStart(() => client.session.signOut());
  return (
    <StartBox
      title={say('lock.title', { name: session.person.name })}
      text={say('lock.text', { workspace: status.name })}
    >
      <form
        className="start-form"
        onSubmit={(event: SyntheticEvent) => {
          event.preventDefault();
          if (passphrase !== '')
            unlock.mutate(
              { passphrase },
              {
                onError: () => {
                  setPassphrase('');
                },
              },
            );
        }}
      >
        <TextField
          label={say('sign.passphrase')}
          type="password"
          autoFocus
          autoComplete="current-password"
          value={passphrase}
          onChange={(event) => {
            setPassphrase(event.currentTarget.value);
          }}
          problem={unlock.isError ? errorInWords(say, unlock.error) : null}
        />
        <div className="dialog-acts">
          <Button
            onClick={() => {
              signOut.mutate(undefined);
            }}
          >
            {say('lock.somebodyElse')}
          </Button>
          <Button
            kind="primary"
            type="submit"
            isBusy={unlock.isPending}
            whyNot={passphrase === '' ? say('refusal.passphraseNeeded') : null}
          >
            {say('lock.open')}
          </Button>
        </div>
      </form>
    </StartBox>
  );
};
