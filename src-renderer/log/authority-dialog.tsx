import { useState, type SyntheticEvent } from 'react';
import type { TimestampsView } from '#workflows/contract/timestamps.contract.ts';
import { client } from '../api/client.ts';
import { useCommand } from '../api/command.ts';
import { errorInWords, toDeskError } from '../api/errors.ts';
import { useAnnounce } from '../app/announcer.tsx';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { TextArea, TextField } from '../design/field.tsx';
import { PassphraseField } from '../publishing/passphrase-field.tsx';
import { useSigning } from '../publishing/use-signing.tsx';
import { useWords } from '../words/use-words.ts';

/** An admin says who stamps the checkpoints, or that nobody does. */
export const AuthorityDialog = ({ view, onClose }: { view: TimestampsView; onClose: () => void }) => {
  const say = useWords();
  const announce = useAnnounce();
  const signing = useSigning();
  const [address, setAddress] = useState(view.authority?.address ?? '');
  const [certificates, setCertificates] = useState('');
  const [version] = useState(view.version);
  const change = useCommand(client.timestamps.setAuthority);
  const send = (authority: { address: string; certificates: string } | null): void => {
    if (change.isPending) return;
    change.mutate(
      { version, authority, ...signing.input },
      {
        onSuccess: () => {
          announce(say(authority ? 'timestamps.saved' : 'timestamps.ended'));
          onClose();
        },
        onError: (error) => {
          if (toDeskError(error).code === 'UNAUTHENTICATED') signing.takeError(error);
        },
      },
    );
  };
  const notSigned = signing.isReady ? null : say('refusal.passphraseNeeded');
  const whyNot = address.trim() === '' || certificates.trim() === '' ? say('timestamps.needed') : notSigned;
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (whyNot === null) send({ address: address.trim(), certificates });
  };
  const isSigningProblem = change.error !== null && toDeskError(change.error).code === 'UNAUTHENTICATED';
  return (
    <Dialog isOpen onClose={onClose} title={say('timestamps.dialog')} size={600}>
      <form onSubmit={submit} style={{ display: 'contents' }}>
        <p className="soft">{say('timestamps.dialog.lead')}</p>
        <TextField
          label={say('timestamps.address')}
          hint={say('timestamps.address.hint')}
          value={address}
          type="text"
          inputMode="url"
          spellCheck={false}
          required
          maxLength={500}
          onChange={(event) => {
            setAddress(event.currentTarget.value);
          }}
        />
        <TextArea
          label={say('timestamps.certificates')}
          hint={say('timestamps.certificates.hint')}
          value={certificates}
          className="input mono"
          rows={6}
          spellCheck={false}
          required
          maxLength={60_000}
          onChange={(event) => {
            setCertificates(event.currentTarget.value);
          }}
        />
        <PassphraseField signing={signing} />
        {change.error === null || isSigningProblem ? null : (
          <p className="bad" role="alert">
            {errorInWords(say, change.error)}
          </p>
        )}
        <div className="dialog-acts">
          {view.authority ? (
            <Button
              kind="lined"
              whyNot={notSigned}
              onClick={() => {
                send(null);
              }}
            >
              {say('timestamps.end')}
            </Button>
          ) : null}
          <Button onClick={onClose}>{say('act.cancel')}</Button>
          <Button kind="primary" type="submit" isBusy={change.isPending} whyNot={whyNot}>
            {say('timestamps.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
};
