import { useState, type SyntheticEvent } from 'react';
import type { WorkspaceStatus } from '#workflows/contract/workspace.contract.ts';
import { client } from '../api/client.ts';
import { errorInWords, refusalInWords } from '../api/errors.ts';
import { Button } from '../design/button.tsx';
import { TextField } from '../design/field.tsx';
import { Strip } from '../design/pane-state.tsx';
import { useWords } from '../words/use-words.ts';
import { StartBox } from './start-box.tsx';
import { useStart } from './use-start.ts';

type NoWorkspace = Extract<WorkspaceStatus, { state: 'none' }>;

/** As the contract says; the core judges it again. */
export const LEAST_PASSPHRASE = 10;

const FolderField = ({
  label,
  value,
  canChoose,
  onChange,
}: {
  label: string;
  value: string;
  canChoose: boolean;
  onChange: (folder: string) => void;
}) => {
  const say = useWords();
  return (
    <div className="line" style={{ alignItems: 'flex-end' }}>
      <div className="grow">
        <TextField
          label={label}
          value={value}
          required
          onChange={(event) => {
            onChange(event.currentTarget.value);
          }}
          spellCheck={false}
        />
      </div>
      {canChoose ? (
        <Button
          kind="lined"
          onClick={() => {
            void client.workspace.chooseFolder().then(({ folder }) => {
              if (folder) onChange(folder);
            });
          }}
        >
          {say('start.choose')}
        </Button>
      ) : null}
    </div>
  );
};

const CreateForm = ({ status, onCancel }: { status: NoWorkspace; onCancel: () => void }) => {
  const say = useWords();
  const [fields, setFields] = useState({ folder: status.suggestedFolder, name: '', adminName: '', passphrase: '' });
  const [again, setAgain] = useState('');
  const create = useStart(client.workspace.create);
  const set = (name: keyof typeof fields) => (event: { currentTarget: { value: string } }) => {
    setFields({ ...fields, [name]: event.currentTarget.value });
  };
  const isShort = fields.passphrase.length < LEAST_PASSPHRASE;
  const differs = again !== fields.passphrase;
  const missing =
    fields.name.trim() === '' || fields.adminName.trim() === '' || fields.folder.trim() === ''
      ? say('start.needed')
      : isShort
        ? say('passphrase.short', { count: LEAST_PASSPHRASE })
        : differs
          ? say('passphrase.differs')
          : null;
  return (
    <form
      className="start-form"
      onSubmit={(event: SyntheticEvent) => {
        event.preventDefault();
        if (!missing) create.mutate(fields);
      }}
    >
      <TextField
        label={say('start.name')}
        value={fields.name}
        onChange={set('name')}
        required
        maxLength={120}
        autoFocus
        hint={say('start.name.hint')}
      />
      <FolderField
        label={say('start.folder')}
        value={fields.folder}
        canChoose={status.canChooseFolder}
        onChange={(folder) => {
          setFields({ ...fields, folder });
        }}
      />
      <TextField
        label={say('start.adminName')}
        value={fields.adminName}
        onChange={set('adminName')}
        required
        maxLength={80}
        autoComplete="name"
      />
      <TextField
        label={say('passphrase.new')}
        type="password"
        value={fields.passphrase}
        onChange={set('passphrase')}
        required
        autoComplete="new-password"
        hint={say('passphrase.hint', { count: LEAST_PASSPHRASE })}
      />
      <TextField
        label={say('passphrase.again')}
        type="password"
        value={again}
        onChange={(event) => {
          setAgain(event.currentTarget.value);
        }}
        required
        autoComplete="new-password"
        problem={again !== '' && differs ? say('passphrase.differs') : null}
      />
      {create.isError ? (
        <p className="bad" role="alert">
          {errorInWords(say, create.error)}
        </p>
      ) : null}
      <div className="dialog-acts">
        <Button onClick={onCancel}>{say('act.cancel')}</Button>
        <Button kind="primary" type="submit" isBusy={create.isPending} whyNot={missing}>
          {say('start.create')}
        </Button>
      </div>
    </form>
  );
};

const OpenForm = ({ status, onCancel }: { status: NoWorkspace; onCancel: () => void }) => {
  const say = useWords();
  const [folder, setFolder] = useState(status.recent[0]?.folder ?? '');
  const open = useStart(client.workspace.open);
  return (
    <form
      className="start-form"
      onSubmit={(event: SyntheticEvent) => {
        event.preventDefault();
        open.mutate({ folder });
      }}
    >
      <FolderField label={say('start.folder')} value={folder} canChoose={status.canChooseFolder} onChange={setFolder} />
      {open.isError ? (
        <p className="bad" role="alert">
          {errorInWords(say, open.error)}
        </p>
      ) : null}
      <div className="dialog-acts">
        <Button onClick={onCancel}>{say('act.cancel')}</Button>
        <Button
          kind="primary"
          type="submit"
          isBusy={open.isPending}
          whyNot={folder.trim() === '' ? say('start.folder.needed') : null}
        >
          {say('start.open')}
        </Button>
      </div>
    </form>
  );
};

/** The first screen of a first start: try the sample, create a workspace, or open one. */
export const StartScreen = ({ status }: { status: NoWorkspace }) => {
  const say = useWords();
  const [choice, setChoice] = useState<'create' | 'open' | null>(null);
  const sample = useStart(client.workspace.openSample);
  const recent = useStart(client.workspace.open);
  const failure = sample.error ?? recent.error;
  return (
    <StartBox title={say('start.title')} text={say('start.text')}>
      {status.problem ? (
        <Strip icon="stop" tone="alarm" title={say('start.problem', { folder: status.problem.folder })}>
          {refusalInWords(say, status.problem)}
        </Strip>
      ) : null}
      {failure ? (
        <p className="bad" role="alert">
          {errorInWords(say, failure)}
        </p>
      ) : null}
      <ul className="start-choices">
        <li>
          <div>
            <h2>{say('start.sample')}</h2>
            <p className="soft">{say('start.sample.text')}</p>
          </div>
          <Button
            kind={choice === null ? 'primary' : 'lined'}
            isBusy={sample.isPending}
            onClick={() => {
              sample.mutate({ fresh: false });
            }}
          >
            {say(sample.isPending ? 'start.sample.making' : 'start.sample.open')}
          </Button>
        </li>
        <li>
          <div>
            <h2>{say('start.createTitle')}</h2>
            <p className="soft">{say('start.create.text')}</p>
          </div>
          {choice === 'create' ? (
            <CreateForm
              status={status}
              onCancel={() => {
                setChoice(null);
              }}
            />
          ) : (
            <Button
              kind="lined"
              onClick={() => {
                setChoice('create');
              }}
            >
              {say('start.create.begin')}
            </Button>
          )}
        </li>
        <li>
          <div>
            <h2>{say('start.openTitle')}</h2>
            <p className="soft">{say('start.open.text')}</p>
          </div>
          {choice === 'open' ? (
            <OpenForm
              status={status}
              onCancel={() => {
                setChoice(null);
              }}
            />
          ) : (
            <Button
              kind="lined"
              onClick={() => {
                setChoice('open');
              }}
            >
              {say('start.open.begin')}
            </Button>
          )}
          {status.recent.length > 0 && choice !== 'open' ? (
            <ul className="full" aria-label={say('start.recent')}>
              {status.recent.map(({ folder, name }) => (
                <li key={folder} className="line">
                  <Button
                    size="small"
                    flush
                    isBusy={recent.isPending}
                    onClick={() => {
                      recent.mutate({ folder });
                    }}
                  >
                    {name}
                  </Button>
                  <span className="label cut">{folder}</span>
                </li>
              ))}
            </ul>
          ) : null}
        </li>
      </ul>
    </StartBox>
  );
};
