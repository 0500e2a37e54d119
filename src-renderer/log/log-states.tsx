import type { LogView } from '#workflows/contract/journal.contract.ts';
import { errorInWords, toDeskError } from '../api/errors.ts';
import { Button } from '../design/button.tsx';
import { Blank } from '../design/pane-state.tsx';
import { SkeletonBar } from '../design/skeleton.tsx';
import { useWords } from '../words/use-words.ts';

const ICONS = { FORBIDDEN: 'lock', OFFLINE: 'offline' } as const;

/** In the place of the table when the log cannot be read: why, what is safe, what to do. */
export const LogFailed = ({ error, onRetry }: { error: unknown; onRetry: () => void }) => {
  const say = useWords();
  const { code } = toDeskError(error);
  const icon = code === 'FORBIDDEN' || code === 'OFFLINE' ? ICONS[code] : 'stop';
  return (
    <Blank
      icon={icon}
      isBad={icon === 'stop'}
      title={say(code === 'FORBIDDEN' ? 'log.forbidden' : code === 'OFFLINE' ? 'log.offline' : 'log.unreadable')}
      acts={
        code === 'FORBIDDEN' ? null : (
          <Button kind="lined" onClick={onRetry}>
            {say('act.tryAgain')}
          </Button>
        )
      }
    >
      {errorInWords(say, error)} {say('log.unreadable.safe')}
    </Blank>
  );
};

export const LogEmpty = ({
  isNarrow,
  view,
  everything,
  onClear,
  onEverything,
}: {
  isNarrow: boolean;
  view: LogView;
  everything: number;
  onClear: () => void;
  onEverything: () => void;
}) => {
  const say = useWords();
  return (
    <Blank
      icon={isNarrow ? 'search' : 'shield'}
      title={say(isNarrow ? 'log.empty' : 'log.empty.view')}
      acts={
        <>
          {isNarrow ? (
            <Button kind="lined" onClick={onClear}>
              {say('log.empty.clear')}
            </Button>
          ) : null}
          {view === 'everything' ? null : (
            <Button kind={isNarrow ? 'plain' : 'lined'} onClick={onEverything}>
              {say('log.empty.everything')}
            </Button>
          )}
        </>
      }
    >
      {isNarrow ? say('log.empty.text', { total: everything }) : say('log.empty.view.text')}
    </Blank>
  );
};

export const LogSkeleton = () => {
  const say = useWords();
  return (
    <div role="status" aria-label={say('state.loading')} className="log-skeleton">
      {Array.from({ length: 14 }, (_, row) => (
        <div key={row} className="log-row waiting">
          <SkeletonBar width="70%" />
          <SkeletonBar width="90%" />
          <SkeletonBar width={`${String(80 - (row % 3) * 15)}%`} />
          <SkeletonBar width={`${String(85 - (row % 4) * 12)}%`} />
          <SkeletonBar width={`${String(90 - (row % 5) * 10)}%`} />
        </div>
      ))}
    </div>
  );
};
