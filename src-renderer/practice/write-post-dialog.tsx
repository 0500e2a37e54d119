import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState, type SyntheticEvent } from 'react';
import { useIntl } from 'react-intl';
import type { PracticePost } from '#workflows/contract/practice.contract.ts';
import { countGraphemes } from '#workflows/content/words.ts';
import type { ChannelId } from '#workflows/identifiers.ts';
import { client, desk } from '../api/client.ts';
import { errorInWords, toDeskError } from '../api/errors.ts';
import { useAnnounce } from '../app/announcer.tsx';
import { FormProblem } from '../channels/form-problem.tsx';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { SelectField, TextArea, TextField } from '../design/field.tsx';
import { useWords } from '../words/use-words.ts';
import type { Place } from './thread-list.tsx';

/** Languages that customers are played in most. */
const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'tr', 'ar', 'he', 'ja', 'zh', 'sv', 'da', 'cs'];

interface WriteFormProps {
  readonly places: readonly Place[];
  readonly channel: ChannelId;
  /** The post that is answered; `null` for a new thread. */
  readonly parent: PracticePost | null;
  /** Who most likely speaks next. */
  readonly handle: string;
  readonly onPosted: (id: string, channel: ChannelId) => void;
  readonly onClose: () => void;
}

const useLanguageNames = (): readonly { tag: string; name: string }[] => {
  const { locale } = useIntl();
  return useMemo(() => {
    const names = new Intl.DisplayNames([locale, 'en'], { type: 'language' });
    return LANGUAGES.map((tag) => ({ tag, name: names.of(tag) ?? tag })).sort((a, b) => a.name.localeCompare(b.name));
  }, [locale]);
};

const WriteForm = ({ places, channel: first, parent, handle: likely, onPosted, onClose }: WriteFormProps) => {
  const say = useWords();
  const queries = useQueryClient();
  const languages = useLanguageNames();
  const [channel, setChannel] = useState(first);
  const [handle, setHandle] = useState(likely);
  const [text, setText] = useState('');
  const [language, setLanguage] = useState(parent?.language ?? '');
  const post = useMutation({
    mutationFn: () =>
      client.practice.post({ channel, handle: handle.trim(), text, language, parent: parent?.id ?? null }),
    onSuccess: () => queries.invalidateQueries({ queryKey: desk.practice.key() }),
  });
  const problem = post.isError ? errorInWords(say, post.error) : null;
  const isHandleRefused = post.isError && toDeskError(post.error).reason === 'notAsOurselves';
  const missing =
    handle.replace(/^@+/, '').trim() === ''
      ? say('practiceForm.handle.needed')
      : text.trim() === ''
        ? say('practiceForm.words.needed')
        : null;
  const known = languages.some(({ tag }) => tag === language) || language === '';
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (missing || post.isPending) return;
    post.mutate(undefined, {
      onSuccess: ({ id }) => {
        onPosted(id, channel);
      },
    });
  };
  return (
    <form onSubmit={submit} style={{ display: 'contents' }} noValidate>
      <p className="soft">{say('practiceForm.text')}</p>
      {parent ? (
        <section className="quoted-post" aria-label={say('practiceForm.answering', { handle: parent.handle })}>
          <p className="label">{say('practiceForm.answering', { handle: parent.handle })}</p>
          <p className="quoted" dir="auto" lang={parent.language ?? undefined} tabIndex={0}>
            {parent.text}
          </p>
        </section>
      ) : (
        <SelectField
          label={say('practiceForm.place')}
          value={channel}
          onChange={(event) => {
            setChannel(event.currentTarget.value as ChannelId);
          }}
        >
          {places.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
      <div className="field-pair">
        <TextField
          label={say('practiceForm.handle')}
          hint={say('practiceForm.handle.hint')}
          value={handle}
          maxLength={100}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          {...(likely === '' ? { 'data-autofocus': true } : {})}
          problem={isHandleRefused ? problem : null}
          onChange={(event) => {
            setHandle(event.currentTarget.value);
            if (post.isError) post.reset();
          }}
        />
        <SelectField
          label={say('practiceForm.language')}
          value={language}
          onChange={(event) => {
            setLanguage(event.currentTarget.value);
          }}
        >
          <option value="">{say('practiceForm.language.none')}</option>
          {known ? null : <option value={language}>{language}</option>}
          {languages.map(({ tag, name }) => (
            <option key={tag} value={tag}>
              {name}
            </option>
          ))}
        </SelectField>
      </div>
      <TextArea
        label={say('practiceForm.words')}
        hint={say('practiceForm.length', { count: countGraphemes(text) })}
        value={text}
        rows={5}
        maxLength={20_000}
        lang={language === '' ? undefined : language}
        {...(likely === '' ? {} : { 'data-autofocus': true })}
        onChange={(event) => {
          setText(event.currentTarget.value);
          if (post.isError) post.reset();
        }}
      />
      <FormProblem>{isHandleRefused ? null : problem}</FormProblem>
      <div className="dialog-acts">
        <Button onClick={onClose}>{say('act.cancel')}</Button>
        <Button kind="primary" type="submit" isBusy={post.isPending} whyNot={missing}>
          {say('practiceForm.submit')}
        </Button>
      </div>
    </form>
  );
};

/** What is being written: in a new thread, or below a post. */
export interface Writing {
  readonly parent: PracticePost | null;
  readonly channel: ChannelId;
  readonly handle: string;
}

/** A post as an invented customer, so that there is something to practise on. */
export const WritePostDialog = ({
  writing,
  places,
  onClose,
  onPosted,
}: {
  writing: Writing | null;
  places: readonly Place[];
  onClose: () => void;
  onPosted: (id: string, channel: ChannelId) => void;
}) => {
  const say = useWords();
  const announce = useAnnounce();
  return (
    <Dialog
      isOpen={writing !== null}
      onClose={onClose}
      title={say(writing?.parent ? 'practiceForm.answerTitle' : 'practiceForm.writeTitle')}
      size={560}
    >
      {writing ? (
        <WriteForm
          places={places}
          {...writing}
          onClose={onClose}
          onPosted={(id, channel) => {
            announce(say('practiceForm.posted'));
            onPosted(id, channel);
          }}
        />
      ) : null}
    </Dialog>
  );
};
