import { useQuery } from '@tanstack/react-query';
import type { ReplyAct, ReplyView } from '#workflows/contract/reply.contract.ts';
import type { PersonId, ReplyId } from '#workflows/identifiers.ts';
import { client, desk } from '../../api/client.ts';
import { ActForm } from '../../design/act-form.tsx';
import { SelectField, TextArea, TextField } from '../../design/field.tsx';
import { PassphraseField } from '../../publishing/passphrase-field.tsx';
import type { Signing } from '../../publishing/use-signing.tsx';
import { useWords } from '../../words/use-words.ts';
import { ACT_FORMS, type ActForm as FormOfAct } from './act-definitions.ts';
import type { ActInput } from './use-acts.ts';

interface PanelProps {
  readonly act: ReplyAct;
  readonly view: ReplyView;
  readonly input: ActInput;
  readonly signing: Signing;
  readonly problem: string | null;
  readonly formId: string;
  readonly onChange: (input: ActInput) => void;
  readonly onSubmit: () => void;
  readonly onCancel: () => void;
}

/** A moment in this machine's time, as a date field wants it. */
const localValue = (at: Date): string => {
  const shifted = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
};

const TimeField = ({ act, input, onChange }: Pick<PanelProps, 'act' | 'input' | 'onChange'>) => {
  const say = useWords();
  return (
    <TextField
      label={say(act === 'schedule' ? 'act.time.schedule' : 'act.time.monitor')}
      type="datetime-local"
      min={localValue(new Date())}
      value={input.time ? localValue(new Date(input.time)) : ''}
      hint={say('act.time.zone', { timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone.replaceAll('_', ' ') })}
      onChange={(event) => {
        const { value } = event.currentTarget;
        onChange({ ...input, time: value === '' ? null : new Date(value).toISOString() });
      }}
    />
  );
};

const PersonField = ({ view, input, onChange }: Pick<PanelProps, 'view' | 'input' | 'onChange'>) => {
  const say = useWords();
  const people = useQuery(desk.people.list.queryOptions());
  const writers = (people.data?.people ?? []).filter(
    ({ id, isRemoved, roles, keyState }) =>
      !isRemoved &&
      keyState === 'valid' &&
      id !== view.assignee?.id &&
      roles.some((role) => ['agent', 'comms', 'legal'].includes(role)),
  );
  return (
    <SelectField
      label={say('act.person')}
      value={input.person ?? ''}
      onChange={(event) => {
        const { value } = event.currentTarget;
        onChange({ ...input, person: value === '' ? null : (value as PersonId) });
      }}
    >
      <option value="">{say('act.person.anybody')}</option>
      {writers.map(({ id, name, roles }) => (
        <option key={id} value={id}>
          {name} ({roles.map((role) => say(`role.${role}`)).join(', ')})
        </option>
      ))}
    </SelectField>
  );
};

const ReplyField = ({ view, input, onChange }: Pick<PanelProps, 'view' | 'input' | 'onChange'>) => {
  const say = useWords();
  const replies = useQuery({
    queryKey: [...desk.reply.list.key(), 'merge'],
    queryFn: () => client.reply.list({ queue: 'open', sort: 'newest', search: '', page: { offset: 0, limit: 100 } }),
  });
  return (
    <SelectField
      label={say('act.into')}
      value={input.into ?? ''}
      onChange={(event) => {
        const { value } = event.currentTarget;
        onChange({ ...input, into: value === '' ? null : (value as ReplyId) });
      }}
    >
      <option value="">{say('act.into.choose')}</option>
      {(replies.data?.items ?? [])
        .filter(({ id }) => id !== view.id)
        .map(({ id, handle, excerpt }) => (
          <option key={id} value={id}>
            @{handle ?? '…'}: {excerpt.slice(0, 60)}
          </option>
        ))}
    </SelectField>
  );
};

const AddressField = ({ input, onChange }: Pick<PanelProps, 'input' | 'onChange'>) => {
  const say = useWords();
  return (
    <>
      <span className="segments" role="group" aria-label={say('act.isThere')}>
        {[true, false].map((isThere) => (
          <button
            key={String(isThere)}
            type="button"
            aria-pressed={input.isThere === isThere}
            onClick={() => {
              onChange({ ...input, isThere });
            }}
          >
            {say(isThere ? 'act.isThere.yes' : 'act.isThere.no')}
          </button>
        ))}
      </span>
      {input.isThere ? (
        <TextField
          label={say('act.address')}
          value={input.text}
          inputMode="url"
          onChange={(event) => {
            onChange({ ...input, text: event.currentTarget.value });
          }}
        />
      ) : null}
    </>
  );
};

/** What the act says, in the first person, with the numbers of this very text. */
const Meaning = ({ act, view }: Pick<PanelProps, 'act' | 'view'>) => {
  const say = useWords();
  const newest = view.revisions.at(-1);
  const key =
    view.operation === 'takeDown' && (act === 'approve' || act === 'release')
      ? `meaning.${act}.takeDown`
      : `meaning.${act}`;
  if (!say.has(key)) return null;
  return (
    <p className="says">
      {say(key, {
        revision: newest?.revision ?? 0,
        characters: newest?.measure.graphemes ?? 0,
        handle: view.channel.handle,
        channel: view.channel.name,
      })}
    </p>
  );
};

const UNASKED: FormOfAct = { reason: 'none', isSigned: false };

/** What an act asks for before it is done. */
export const ActPanel = ({ act, view, input, signing, problem, formId, onChange, onSubmit, onCancel }: PanelProps) => {
  const say = useWords();
  const form = ACT_FORMS[act] ?? UNASKED;
  const isSigningNext = form.isSigned && form.reason !== 'required' && !form.asks;
  return (
    <ActForm
      formId={formId}
      act={act}
      icon={form.isSigned ? 'seal' : 'pen'}
      title={form.isSigned ? say('sign.title') : say(`act.${act}`)}
      meaning={<Meaning act={act} view={view} />}
      problem={problem}
      confirmation={form.isSigned ? <PassphraseField signing={signing} /> : null}
      {...(isSigningNext ? { focus: 'input[type=password]' } : {})}
      onSubmit={onSubmit}
      onCancel={onCancel}
    >
      {form.asks === 'time' ? <TimeField act={act} input={input} onChange={onChange} /> : null}
      {form.asks === 'person' ? <PersonField view={view} input={input} onChange={onChange} /> : null}
      {form.asks === 'reply' ? <ReplyField view={view} input={input} onChange={onChange} /> : null}
      {form.asks === 'address' ? <AddressField input={input} onChange={onChange} /> : null}
      {form.reason === 'none' ? null : (
        <TextArea
          label={say(
            act === 'approve' ? 'act.comment' : form.reason === 'required' ? 'act.reason' : 'act.reasonOptional',
          )}
          value={input.text}
          rows={form.reason === 'required' ? 2 : 1}
          maxLength={10_000}
          required={form.reason === 'required'}
          onChange={(event) => {
            onChange({ ...input, text: event.currentTarget.value });
          }}
        />
      )}
    </ActForm>
  );
};
