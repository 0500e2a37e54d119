import { useEffect, useRef, useState, type SyntheticEvent } from 'react';
import type { ChannelId } from '#workflows/identifiers.ts';
import { client } from '../api/client.ts';
import { useCommand } from '../api/command.ts';
import { errorInWords, toDeskError } from '../api/errors.ts';
import { Button } from '../design/button.tsx';
import { TextField } from '../design/field.tsx';
import { useWords } from '../words/use-words.ts';
import { AppPasswordField } from './app-password-field.tsx';
import { FormProblem } from './form-problem.tsx';
import { PromiseFields } from './promise-fields.tsx';
import { promiseOf, promiseSpans } from './span.ts';
import { completeAddress, isServerAddress, USUAL_APP_VIEW, USUAL_DIRECTORY, USUAL_SERVICE } from './usual-addresses.ts';

export interface AddFormProps {
  readonly onAdded: (channel: ChannelId, name: string) => void;
  readonly onClose: () => void;
}

const EMPTY = { name: 'Bluesky', identifier: '', appPassword: '', service: USUAL_SERVICE, appView: '', directory: '' };
type Field = keyof typeof EMPTY;

/** At which field a refusal is shown. */
const FIELD_OF_REFUSAL: Readonly<Record<string, Field>> = {
  signInRefused: 'appPassword',
  otherAccount: 'identifier',
  channelExists: 'identifier',
  serviceUnreachable: 'service',
};

/** A Bluesky account: the desk signs in before it is added. */
export const BlueskyForm = ({ onAdded, onClose }: AddFormProps) => {
  const say = useWords();
  const [fields, setFields] = useState(EMPTY);
  const [promise, setPromise] = useState(promiseSpans({ acknowledgeMinutes: 60, answerMinutes: 240 }));
  const form = useRef<HTMLFormElement>(null);
  const add = useCommand(client.channel.add);
  const refused = add.isError ? (FIELD_OF_REFUSAL[toDeskError(add.error).reason] ?? 'form') : null;
  const promised = promiseOf(promise);
  // The field that was refused takes the focus when it says so.
  useEffect(() => {
    if (add.error) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [add.error]);

  const set = (name: Field) => (value: string) => {
    setFields({ ...fields, [name]: value });
    if (refused === name || refused === 'form') add.reset();
  };
  const refusalAt = (name: Field | 'form'): string | null => (refused === name ? errorInWords(say, add.error) : null);
  const addressProblem = (name: 'service' | 'appView' | 'directory'): string | null =>
    fields[name].trim() !== '' && !isServerAddress(fields[name])
      ? say('channelForm.service.notAddress')
      : refusalAt(name);
  const text = (name: Field) => ({
    value: fields[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      set(name)(event.currentTarget.value);
    },
  });

  const addresses = [fields.service, fields.appView, fields.directory];
  const missing =
    (fields.name.trim() === '' ? say('channelForm.name.needed') : null) ??
    (fields.identifier.trim() === '' ? say('channelForm.identifier.needed') : null) ??
    (fields.appPassword === '' ? say('channelForm.appPassword.needed') : null) ??
    (fields.service.trim() === '' ? say('channelForm.service.needed') : null) ??
    (addresses.every((address) => address.trim() === '' || isServerAddress(address))
      ? null
      : say('channelForm.service.notAddress')) ??
    (promised ? null : say('channelForm.span.notNumber'));

  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (missing || !promised || add.isPending) return;
    const channel = {
      kind: 'bluesky' as const,
      ...fields,
      identifier: fields.identifier.trim().replace(/^@/, ''),
      appPassword: fields.appPassword.trim(),
      service: completeAddress(fields.service),
      appView: completeAddress(fields.appView),
      directory: completeAddress(fields.directory),
      promise: promised,
    };
    add.mutate(
      { channel },
      {
        onSuccess: ({ subject }) => {
          onAdded(subject as ChannelId, fields.name.trim());
        },
      },
    );
  };

  return (
    <form onSubmit={submit} style={{ display: 'contents' }} ref={form} noValidate>
      <p className="soft">{say('channelForm.bluesky.text')}</p>
      <TextField label={say('channelForm.name')} dir="auto" maxLength={80} {...text('name')} />
      <TextField
        label={say('channelForm.identifier')}
        hint={say('channelForm.identifier.hint')}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={300}
        data-autofocus
        problem={refusalAt('identifier')}
        {...text('identifier')}
      />
      <AppPasswordField value={fields.appPassword} onChange={set('appPassword')} problem={refusalAt('appPassword')} />
      <TextField
        label={say('channelForm.service')}
        hint={say('channelForm.service.hint')}
        inputMode="url"
        spellCheck={false}
        maxLength={500}
        problem={addressProblem('service')}
        {...text('service')}
      />
      <PromiseFields value={promise} onChange={setPromise} />
      <details className="more-fields">
        <summary>{say('channelForm.advanced')}</summary>
        <div>
          <TextField
            label={say('channelForm.appView')}
            hint={say('channelForm.usual.hint', { address: USUAL_APP_VIEW })}
            inputMode="url"
            spellCheck={false}
            maxLength={500}
            problem={addressProblem('appView')}
            {...text('appView')}
          />
          <TextField
            label={say('channelForm.directory')}
            hint={say('channelForm.usual.hint', { address: USUAL_DIRECTORY })}
            inputMode="url"
            spellCheck={false}
            maxLength={500}
            problem={addressProblem('directory')}
            {...text('directory')}
          />
        </div>
      </details>
      <FormProblem>{refusalAt('form')}</FormProblem>
      <div className="dialog-acts">
        <Button onClick={onClose}>{say('act.cancel')}</Button>
        <Button kind="primary" type="submit" isBusy={add.isPending} whyNot={missing}>
          {say('channelForm.submit.bluesky')}
        </Button>
      </div>
    </form>
  );
};
