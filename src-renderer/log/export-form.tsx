import { useQuery } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { REVEALED, type ExportScope, type Revealed } from '#workflows/journal/export-manifest.ts';
import { client, desk } from '../api/client.ts';
import { useCommand } from '../api/command.ts';
import { errorInWords, toDeskError } from '../api/errors.ts';
import { useAnnounce } from '../app/announcer.tsx';
import { Button } from '../design/button.tsx';
import { TextField } from '../design/field.tsx';
import { Icon } from '../design/icon.tsx';
import { PassphraseField } from '../publishing/passphrase-field.tsx';
import { useSigning } from '../publishing/use-signing.tsx';
import { useWords } from '../words/use-words.ts';
import { ExportChoice } from './export-choice.tsx';
import { folderIn, scopeOption, scopesOf } from './export-scopes.ts';
import type { LogSearch } from './log-address.ts';

export type ExportedFolder = Awaited<ReturnType<typeof client.journal.exportFolder>>;

/** What leaves the desk whatever is chosen below, and what does not. */
const WhatLeaves = () => {
  const say = useWords();
  return (
    <section className="export-leaves" aria-label={say('export.leaves')}>
      <h3>{say('export.leaves')}</h3>
      <p>
        <Icon name="eye" size="small" />
        <span>{say('export.leaves.plain')}</span>
      </p>
      <p>
        <Icon name="lock" size="small" />
        <span>{say('export.leaves.sealed')}</span>
      </p>
    </section>
  );
};

const FolderField = ({
  value,
  suggested,
  canChoose,
  onChange,
}: {
  value: string;
  suggested: string;
  canChoose: boolean;
  onChange: (folder: string) => void;
}) => {
  const say = useWords();
  return (
    <div className="export-folder">
      <TextField
        label={say('export.folder')}
        hint={say(canChoose ? 'export.folder.hint' : 'export.folder.remoteHint')}
        value={value}
        spellCheck={false}
        required
        maxLength={2_000}
        onChange={(event) => {
          onChange(event.currentTarget.value);
        }}
      />
      {canChoose ? (
        <Button
          kind="lined"
          onClick={() => {
            void client.workspace.chooseFolder().then(({ folder }) => {
              if (folder) onChange(folderIn(folder, suggested));
            });
          }}
        >
          {say('export.choose')}
        </Button>
      ) : null}
    </div>
  );
};

/** Asks what is to be exported, what of it is opened, and where to. */
export const ExportForm = ({
  search,
  reply,
  onClose,
  onDone,
}: {
  search: LogSearch;
  reply: string | null;
  onClose: () => void;
  onDone: (exported: ExportedFolder) => void;
}) => {
  const say = useWords();
  const announce = useAnnounce();
  const signing = useSigning();
  const [scopes] = useState(() => scopesOf(search, reply));
  const [of, setOf] = useState<ExportScope['of']>(scopes[0]?.of ?? 'journal');
  const scope = scopes.find((candidate) => candidate.of === of) ?? { of: 'journal' };
  const [revealed, setRevealed] = useState<Revealed>('none');
  const [typed, setTyped] = useState<string | null>(null);
  const suggestion = useQuery({ ...desk.journal.suggestExport.queryOptions({ input: { scope } }), staleTime: 0 }).data;
  const suggested = suggestion?.folder ?? '';
  const folder = (typed ?? suggested).trim();
  const exporting = useCommand(client.journal.exportFolder);
  const isOpening = revealed !== 'none';
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (exporting.isPending || folder === '') return;
    exporting.mutate(
      { scope, revealed, folder, ...(isOpening ? signing.input : {}) },
      {
        onSuccess: (exported) => {
          announce(say('export.announced', { folder: exported.folder }));
          onDone(exported);
        },
        onError: (error) => {
          if (toDeskError(error).code === 'UNAUTHENTICATED') signing.takeError(error);
        },
      },
    );
  };
  const problem =
    exporting.error !== null && toDeskError(exporting.error).code !== 'UNAUTHENTICATED'
      ? errorInWords(say, exporting.error)
      : null;
  const whyNot =
    folder === ''
      ? say('export.folder.needed')
      : isOpening && !signing.isReady
        ? say('refusal.passphraseNeeded')
        : null;
  return (
    <form onSubmit={submit} className="export-form">
      <ExportChoice
        legend={say('export.scope')}
        options={scopes.map((candidate) => scopeOption(say, candidate, search))}
        chosen={of}
        onChoose={setOf}
      />
      <WhatLeaves />
      {suggestion?.canReveal === false ? (
        <p className="label">{say('export.revealed.mayNot')}</p>
      ) : (
        <ExportChoice
          legend={say('export.revealed')}
          options={REVEALED.map((value) => ({
            value,
            label: say(`export.revealed.${value}`),
            hint: say(`export.revealed.${value}.hint`),
          }))}
          chosen={revealed}
          onChoose={setRevealed}
        />
      )}
      {isOpening ? <PassphraseField signing={signing} /> : null}
      <FolderField
        value={typed ?? suggested}
        suggested={suggested}
        canChoose={suggestion?.canChoose ?? false}
        onChange={setTyped}
      />
      <div className="dialog-acts">
        {problem === null ? null : (
          <p className="bad note export-problem" role="alert">
            <Icon name="stop" size="small" />
            {problem}
          </p>
        )}
        <Button onClick={onClose}>{say('act.cancel')}</Button>
        <Button kind="primary" type="submit" isBusy={exporting.isPending} whyNot={whyNot}>
          {say(exporting.isPending ? 'export.busy' : 'export.submit')}
        </Button>
      </div>
    </form>
  );
};
