import type { WorkspaceStatus } from '#workflows/contract/workspace.contract.ts';
import { client } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { useWords } from '../words/use-words.ts';
import { StartBox } from './start-box.tsx';
import { useStart } from './use-start.ts';

/** A workspace whose journal is being read record by record: how far that is, why it is needed, and a way out. */
export const OpeningScreen = ({ status }: { status: Extract<WorkspaceStatus, { state: 'opening' }> }) => {
  const say = useWords();
  const stop = useStart(() => client.workspace.stopOpening());
  const { stage, done, total } = status.progress;
  return (
    <StartBox title={status.name} text={say('opening.text', { folder: status.folder })}>
      <div className="opening">
        <p className="figure">{say(`opening.${stage}`, { done, total })}</p>
        <div
          className="progress"
          role="progressbar"
          aria-label={say('opening.label')}
          aria-valuemin={0}
          aria-valuemax={total}
          aria-valuenow={done}
        >
          <i style={{ width: `${String(total === 0 ? 0 : Math.floor((100 * done) / total))}%` }} />
        </div>
        <p className="soft">{say('opening.why')}</p>
      </div>
      <div className="dialog-acts">
        <Button
          isBusy={stop.isPending}
          onClick={() => {
            stop.mutate(undefined);
          }}
        >
          {say('opening.stop')}
        </Button>
      </div>
    </StartBox>
  );
};
