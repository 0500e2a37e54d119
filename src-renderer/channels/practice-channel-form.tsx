import { useState, type SyntheticEvent } from 'react';
import type { ChannelId } from '#workflows/identifiers.ts';
import { client } from '../api/client.ts';
import { useCommand } from '../api/command.ts';
import { errorInWords, toDeskError } from '../api/errors.ts';
import { Button } from '../design/button.tsx';
import { TextField } from '../design/field.tsx';
import { useWords } from '../words/use-words.ts';
import type { AddFormProps } from './bluesky-form.tsx';
import { FormProblem } from './form-problem.tsx';
import { PromiseFields } from './promise-fields.tsx';
import { promiseOf, promiseSpans, wholeNumber } from './span.ts';

/** As Bluesky counts, so that what is practised fits there too. */
const EMPTY = { name: '', handle: '', graphemes: '300', bytes: '3000' };

const isLimit = (typed: string): boolean => typed.trim() === '' || wholeNumber(typed) !== null;

/** A place on the practice network, with limits of one's choice. */
export const PracticeChannelForm = ({ onAdded, onClose }: AddFormProps) => {
  const say = useWords();
  const [fields, setFields] = useState(EMPTY);
  const [promise, setPromise] = useState(promiseSpans({ acknowledgeMinutes: 60, answerMinutes: 240 }));
  const add = useCommand(client.channel.add);
  const promised = promiseOf(promise);
  const isTaken = add.isError && toDeskError(add.error).reason === 'channelExists';
  const text = (name: keyof typeof EMPTY) => ({
    value: fields[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      setFields({ ...fields, [name]: event.currentTarget.value });
      if (add.isError) add.reset();
    },
  });
  const limitProblem = (name: 'graphemes' | 'bytes'): string | null =>
    isLimit(fields[name]) ? null : say('channelForm.limit.notNumber');
  const handle = fields.handle.trim().replace(/^@+/, '');
  const missing =
    (fields.name.trim() === '' ? say('channelForm.name.needed') : null) ??
    (handle === '' ? say('channelForm.handle.needed') : null) ??
    limitProblem('graphemes') ??
    limitProblem('bytes') ??
    (promised ? null : say('channelForm.span.notNumber'));

  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (missing || !promised || add.isPending) return;
    const limits = { graphemes: wholeNumber(fields.graphemes), bytes: wholeNumber(fields.bytes) };
    add.mutate(
      { channel: { kind: 'sandbox' as const, name: fields.name, handle, limits, promise: promised } },
      {
        onSuccess: ({ subject }) => {
          onAdded(subject as ChannelId, fields.name.trim());
        },
      },
    );
  };

  return (
    <form onSubmit={submit} style={{ display: 'contents' }} noValidate>
      <p className="soft">{say('channelForm.sandbox.text')}</p>
      <TextField label={say('channelForm.name')} dir="auto" maxLength={80} data-autofocus {...text('name')} />
      <TextField
        label={say('channelForm.handle')}
        hint={say('channelForm.handle.hint')}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={100}
        problem={isTaken ? errorInWords(say, add.error) : null}
        {...text('handle')}
      />
      <div className="field-pair">
        <TextField
          label={say('channelForm.characters')}
          hint={say('channelForm.limit.hint')}
          inputMode="numeric"
          maxLength={7}
          problem={limitProblem('graphemes')}
          {...text('graphemes')}
        />
        <TextField
          label={say('channelForm.bytes')}
          hint={say('channelForm.limit.hint')}
          inputMode="numeric"
          maxLength={7}
          problem={limitProblem('bytes')}
          {...text('bytes')}
        />
      </div>
      <PromiseFields value={promise} onChange={setPromise} />
      <FormProblem>{add.isError && !isTaken ? errorInWords(say, add.error) : null}</FormProblem>
      <div className="dialog-acts">
        <Button onClick={onClose}>{say('act.cancel')}</Button>
        <Button kind="primary" type="submit" isBusy={add.isPending} whyNot={missing}>
          {say('channelForm.submit.sandbox')}
        </Button>
      </div>
    </form>
  );
};
