import { useEffect, useState, type ReactNode } from 'react';
import { errorInWords, toDeskError } from '../api/errors.ts';
import { useAnnounce } from '../app/announcer.tsx';
import { Button } from '../design/button.tsx';
import type { IconName } from '../design/icon.tsx';
import { Blank } from '../design/pane-state.tsx';
import { SkeletonLines, useIsSlow } from '../design/skeleton.tsx';
import { useWords } from '../words/use-words.ts';

/** After so long one is told what takes the time, in milliseconds. */
const LONG = 1_200;

const useIsLong = (): boolean => {
  const [isLong, setIsLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setIsLong(true);
    }, LONG);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  return isLong;
};

/** While the desk of then is worked out: nothing, then lines, then why it takes so long. */
export const PastWaiting = ({ asOf, lines = 9 }: { asOf: number; lines?: number }) => {
  const say = useWords();
  const announce = useAnnounce();
  const isSlow = useIsSlow(true);
  const isLong = useIsLong();
  const title = say('history.waiting', { seq: asOf });
  useEffect(() => {
    if (isLong) announce(title);
  }, [announce, isLong, title]);
  if (!isSlow) return null;
  return (
    <>
      {isLong ? (
        <div className="past-waiting">
          <p>
            <b>{title}</b>
          </p>
          <p className="soft">{say('history.waiting.text')}</p>
        </div>
      ) : null}
      <SkeletonLines label={say('state.loading')} lines={lines} />
    </>
  );
};

interface Trouble {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
  readonly acts: ReactNode;
}

/** Where the desk of then cannot be shown: why, and where to go instead. */
export const PastFailed = ({
  error,
  newest,
  onTravel,
  onRetry,
}: {
  error: unknown;
  /** Of the journal; `null` while it is not known. */
  newest: number | null;
  onTravel: (moment: string) => void;
  onRetry: () => void;
}) => {
  const say = useWords();
  const { code, reason, values } = toDeskError(error);
  const travel = (asOf: number, label: string): ReactNode => (
    <Button
      kind="lined"
      onClick={() => {
        onTravel(String(asOf));
      }}
    >
      {label}
    </Button>
  );
  const again = (
    <Button kind="lined" onClick={onRetry}>
      {say('act.tryAgain')}
    </Button>
  );
  const troubleOf = (): Trouble => {
    const text = errorInWords(say, error);
    if (reason === 'recordNotFound')
      return {
        icon: 'search',
        title: say('history.noRecord'),
        text: newest === null ? text : say('history.noRecord.text', { newest }),
        acts: newest === null ? null : travel(newest, say('history.noRecord.show')),
      };
    if (reason === 'noRecordThen')
      return { icon: 'search', title: say('history.tooEarly'), text, acts: travel(0, say('history.tooEarly.show')) };
    if (reason === 'replyNotYet') {
      const seq = Number(values.seq);
      return {
        icon: 'clock',
        title: say('history.notYet'),
        text: say('history.notYet.text', { seq }),
        acts: travel(seq, say('history.notYet.show', { seq })),
      };
    }
    if (code === 'NOT_FOUND') return { icon: 'search', title: say('reply.notFound'), text, acts: null };
    if (code === 'FORBIDDEN') return { icon: 'lock', title: say('history.forbidden'), text, acts: null };
    if (code === 'OFFLINE') return { icon: 'offline', title: say('history.offline'), text, acts: again };
    return { icon: 'stop', title: say('history.unreadable'), text, acts: again };
  };
  const { icon, title, text, acts } = troubleOf();
  return (
    <Blank icon={icon} isBad={icon === 'stop'} title={title} acts={acts}>
      {text}
    </Blank>
  );
};
