import { useState } from 'react';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Icon } from '../design/icon.tsx';
import { useWords } from '../words/use-words.ts';
import { verifyCommand } from './command-line.ts';
import { CopyButton } from './copy-button.tsx';
import { ExportForm, type ExportedFolder } from './export-form.tsx';
import { HashValue } from './hash-value.tsx';
import type { LogSearch } from './log-address.ts';

/** What was written, and the command by which anybody checks it. */
const Exported = ({ exported, onClose }: { exported: ExportedFolder; onClose: () => void }) => {
  const say = useWords();
  const { folder, asked, support, files, hash, fingerprint } = exported;
  const command = verifyCommand(folder, fingerprint);
  return (
    <>
      <p className="line export-done">
        <Icon name="check-circle" className="ok" />
        <span>{say('export.done', { records: asked + support, files })}</span>
      </p>
      <dl className="facts log-facts">
        <dt>{say('export.done.folder')}</dt>
        <dd className="mono">{folder}</dd>
        {support > 0 ? (
          <>
            <dt>{say('export.done.asked')}</dt>
            <dd>{say('export.done.support', { asked, support })}</dd>
          </>
        ) : null}
        <dt>{say('export.done.hash')}</dt>
        <dd>
          <HashValue name={say('export.done.hash')} value={hash} />
        </dd>
      </dl>
      <section className="passage">
        <h3>{say('export.done.check')}</h3>
        <p className="soft">{say('export.done.check.lead')}</p>
        <pre className="mono bytes command">{command}</pre>
      </section>
      <div className="dialog-acts">
        <CopyButton text={command} label={say('log.copyCommand')} />
        <Button kind="primary" onClick={onClose}>
          {say('act.close')}
        </Button>
      </div>
    </>
  );
};

/** Records with their proofs as a folder that anybody can check. */
export const ExportDialog = ({
  search,
  reply,
  onClose,
}: {
  search: LogSearch;
  /** The reply that the log shows, or that the chosen record belongs to. */
  reply: string | null;
  onClose: () => void;
}) => {
  const say = useWords();
  const [exported, setExported] = useState<ExportedFolder | null>(null);
  return (
    <Dialog isOpen onClose={onClose} title={say(exported ? 'export.done.title' : 'export.title')} size={600}>
      {exported ? (
        <Exported exported={exported} onClose={onClose} />
      ) : (
        <ExportForm search={search} reply={reply} onClose={onClose} onDone={setExported} />
      )}
    </Dialog>
  );
};
