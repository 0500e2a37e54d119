import { useState, type SyntheticEvent } from 'react';
import type { WorkspaceStatus } from '#workflows/contract/workspace.contract.ts';
import { client } from '../api/client.ts';
import { errorInWords } from '../api/errors.ts';
import { Button } from '../design/button.tsx';
import { TextField } from '../design/field.tsx';
import { useWords } from '../words/use-words.ts';
import { StartBox } from './start-box.tsx';
import { useStart } from './use-start.ts';

/** A workspace that was made on another machine: an admin's passphrase opens it here. */
export const UnsealScreen = ({ status }: { status: Extract<WorkspaceStatus, { state: 'sealed' }> }) => {
  const say = useWords();
  const [passphrase, setPassphrase] = useState('');
  const unlock = useStart(client.workspace.unlock);
  const leave = useStart(() => client.workspace.close());
  return (
    <StartBox title={status.name} text={say('unseal.text', { folder: status.folder })}>
      <form
        className="start-form"
        onSubmit={(event: SyntheticEvent) => {
          event.preventDefault();
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
          label={say('unseal.passphrase')}
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
              leave.mutate(undefined);
            }}
          >
            {say('signIn.other')}
          </Button>
          <Button
            kind="primary"
            type="submit"
            isBusy={unlock.isPending}
            whyNot={passphrase === '' ? say('refusal.passphraseNeeded') : null}
          >
            {say('unseal.open')}
          </Button>
        </div>
      </form>
    </StartBox>
  );
};
