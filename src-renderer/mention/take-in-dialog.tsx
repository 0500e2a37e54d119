import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type SyntheticEvent } from 'react';
import type { ChannelId, ReplyId } from '#workflows/identifiers.ts';
import { client, desk } from '../api/client.ts';
import { useCommand } from '../api/command.ts';
import { errorInWords } from '../api/errors.ts';
import { useAnnounce } from '../app/announcer.tsx';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { SelectField, TextArea, TextField } from '../design/field.tsx';
import { bareId } from '../app/addresses.ts';
import { useWords } from '../words/use-words.ts';

interface Done {
  readonly onDone: (reply: ReplyId) => void;
  readonly onClose: () => void;
}

/** By its address: the desk reads the post and shows it before it is captured. */
const ByAddress = ({ onDone, onClose }: Done) => {
  const say = useWords();
  const [address, setAddress] = useState('');
  const lookUp = useMutation({ mutationFn: (input: { address: string }) => client.mention.lookUp(input) });
  const capture = useCommand(client.mention.capture);
  const found = lookUp.data;
  const failure = capture.error ?? lookUp.error;
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (found)
      capture.mutate(
        { address },
        {
          onSuccess: ({ subject }) => {
            onDone(subject as ReplyId);
          },
        },
      );
    else lookUp.mutate({ address });
  };
  return (
    <form onSubmit={submit} style={{ display: 'contents' }}>
      <TextField
        label={say('mention.address')}
        hint={say('mention.address.hint')}
        value={address}
        required
        maxLength={2_000}
        data-autofocus
        inputMode="url"
        onChange={(event) => {
          setAddress(event.currentTarget.value);
          lookUp.reset();
          capture.reset();
        }}
        problem={failure ? errorInWords(say, failure) : null}
      />
      {found ? (
        <section aria-label={say('post.customer')}>
          <p className="label">
            <bdi>@{found.post.handle}</bdi>, {say.moment(found.post.at)}
            {found.thread.length > 0 ? ` · ${say('post.thread', { count: found.thread.length })}` : ''}
            {found.pictures > 0 ? ` · ${say('post.pictures', { count: found.pictures })}` : ''}
          </p>
          <p
            className="read"
            dir="auto"
            lang={found.post.language ?? undefined}
            style={{ maxHeight: 200, overflow: 'auto' }}
          >
            {found.post.text}
          </p>
        </section>
      ) : null}
      <div className="dialog-acts">
        <Button onClick={onClose}>{say('act.cancel')}</Button>
        {found?.existing ? (
          <Button
            kind="primary"
            onClick={() => {
              if (found.existing) onDone(found.existing);
            }}
          >
            {say('mention.openExisting')}
          </Button>
        ) : (
          <Button
            kind="primary"
            type="submit"
            isBusy={lookUp.isPending || capture.isPending}
            whyNot={address.trim() === '' ? say('mention.address.needed') : null}
          >
            {say(found ? 'mention.capture' : 'mention.look')}
          </Button>
        )}
      </div>
    </form>
  );
};

/** A moment in this machine's time, as a date field wants it. */
const localNow = (): string =>
  new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

/** By hand, for a place that the desk cannot read. */
const ByHand = ({ onDone, onClose }: Done) => {
  const say = useWords();
  const channels = (useQuery(desk.channel.list.queryOptions()).data?.channels ?? []).filter(
    ({ kind, isRemoved }) => kind === 'sandbox' && !isRemoved,
  );
  const [channel, setChannel] = useState<ChannelId | null>(null);
  const [fields, setFields] = useState({ address: '', handle: '', text: '', language: '', at: localNow() });
  const capture = useCommand(client.mention.captureByHand);
  const chosen = channel ?? channels[0]?.id ?? null;
  const set = (name: keyof typeof fields) => (event: { currentTarget: { value: string } }) => {
    setFields({ ...fields, [name]: event.currentTarget.value });
  };
  const missing =
    chosen === null
      ? say('mention.noChannel')
      : fields.handle.trim() === '' || fields.text.trim() === ''
        ? say('mention.byHand.needed')
        : null;
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (missing || !chosen) return;
    const at = new Date(fields.at).toISOString();
    capture.mutate(
      { ...fields, handle: fields.handle.replace(/^@/, ''), channel: chosen, at },
      {
        onSuccess: ({ subject }) => {
          onDone(subject as ReplyId);
        },
      },
    );
  };
  return (
    <form onSubmit={submit} style={{ display: 'contents' }}>
      <SelectField
        label={say('mention.channel')}
        value={chosen ?? ''}
        hint={say('mention.byHand.hint')}
        onChange={(event) => {
          setChannel(event.currentTarget.value as ChannelId);
        }}
      >
        {channels.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <TextField
        label={say('mention.handle')}
        value={fields.handle}
        onChange={set('handle')}
        required
        maxLength={300}
      />
      <TextArea
        label={say('mention.text')}
        value={fields.text}
        onChange={set('text')}
        required
        rows={4}
        maxLength={100_000}
      />
      <TextField
        label={say('mention.postedAt')}
        type="datetime-local"
        value={fields.at}
        max={localNow()}
        onChange={set('at')}
        required
      />
      <TextField
        label={say('mention.addressOptional')}
        value={fields.address}
        onChange={set('address')}
        maxLength={2_000}
        inputMode="url"
      />
      <TextField
        label={say('mention.language')}
        value={fields.language}
        onChange={set('language')}
        maxLength={35}
        hint={say('mention.language.hint')}
      />
      {capture.isError ? (
        <p className="bad" role="alert">
          {errorInWords(say, capture.error)}
        </p>
      ) : null}
      <div className="dialog-acts">
        <Button onClick={onClose}>{say('act.cancel')}</Button>
        <Button kind="primary" type="submit" isBusy={capture.isPending} whyNot={missing}>
          {say('mention.capture')}
        </Button>
      </div>
    </form>
  );
};

/** Takes a customer's post in: by its address, or by hand. */
export const TakeInDialog = ({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) => {
  const say = useWords();
  const announce = useAnnounce();
  const navigate = useNavigate();
  const [isByHand, setIsByHand] = useState(false);
  const onDone = (reply: ReplyId): void => {
    announce(say('mention.captured'));
    onClose();
    void navigate({ to: '/queue/$queue/$reply', params: { queue: 'open', reply: bareId(reply) } });
  };
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={say('mention.takeIn')} size={560}>
      <span className="segments" role="group" aria-label={say('mention.how')} style={{ alignSelf: 'flex-start' }}>
        {[false, true].map((byHand) => (
          <button
            key={String(byHand)}
            type="button"
            aria-pressed={isByHand === byHand}
            onClick={() => {
              setIsByHand(byHand);
            }}
          >
            {say(byHand ? 'mention.byHand' : 'mention.byAddress')}
          </button>
        ))}
      </span>
      {isByHand ? <ByHand onDone={onDone} onClose={onClose} /> : <ByAddress onDone={onDone} onClose={onClose} />}
    </Dialog>
  );
};
