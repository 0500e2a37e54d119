import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { desk } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { useWords } from '../words/use-words.ts';
import { ExportDialog } from './export-dialog.tsx';
import type { LogSearch } from './log-address.ts';

/** Takes out what the log shows: of a record that belongs to a reply, or under its filter, that reply. */
export const ExportButton = ({
  search,
  seq,
  whyNot,
}: {
  search: LogSearch;
  seq: number | null;
  whyNot: string | null;
}) => {
  const say = useWords();
  const [isOpen, setIsOpen] = useState(false);
  const record = useQuery({
    ...desk.journal.record.queryOptions({ input: { seq: seq ?? 0 } }),
    enabled: seq !== null,
  }).data;
  const reply = seq === null ? null : (record?.reply ?? null);
  return (
    <>
      <Button
        kind="lined"
        icon="download"
        whyNot={whyNot}
        onClick={() => {
          setIsOpen(true);
        }}
      >
        {say('export.open')}
      </Button>
      {isOpen ? (
        <ExportDialog
          search={search}
          reply={reply ?? search.reply ?? null}
          onClose={() => {
            setIsOpen(false);
          }}
        />
      ) : null}
    </>
  );
};
