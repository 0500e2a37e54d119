import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { toDeskError } from '../api/errors.ts';
import { useSession } from '../app/session.tsx';
import { useOverview } from '../app/use-overview.ts';
import { Blank } from '../design/pane-state.tsx';
import { useWords } from '../words/use-words.ts';
import { readPastMoment } from './past-address.ts';
import { PastBar } from './past-bar.tsx';
import { PastDesk } from './past-desk.tsx';
import { PastPolicy } from './past-policy.tsx';
import { momentAtOptions, momentOptions } from './past-queries.ts';
import { PastFailed, PastWaiting } from './past-states.tsx';
import { PastContext } from './past.tsx';
import { useTravel } from './use-place.ts';
import '../approval/approval.css';
import '../log/log.css';
import '../policy/policy.css';
import '../queue/queue.css';
import '../reply/reply.css';
import './past.css';

/** Reads what the address names; a time is replaced by the record that it leads to. */
const useMoment = (raw: string | undefined, travelTo: (moment: string, how: { replace: boolean }) => void) => {
  const wanted = useMemo(() => readPastMoment(raw), [raw]);
  const isRecord = wanted?.kind === 'record';
  const record = useQuery({ ...momentOptions(isRecord ? wanted.asOf : 0), enabled: isRecord });
  const sought = useQuery({
    ...momentAtOptions(wanted?.kind === 'time' ? wanted.at : ''),
    enabled: wanted?.kind === 'time',
  });
  const found = wanted?.kind === 'time' ? sought.data?.asOf : undefined;
  useEffect(() => {
    if (found !== undefined) travelTo(String(found), { replace: true });
  }, [found, travelTo]);
  const asked = isRecord ? record : sought;
  return { wanted, moment: isRecord ? (record.data ?? null) : null, error: asked.error, retry: asked.refetch };
};

/** The desk as it was when a record had been written: to be looked at, and never to be changed. */
export const PastScreen = () => {
  const say = useWords();
  const { moment: raw } = useParams({ strict: false });
  const { workspace } = useSession();
  const { place, search, travelTo, backToNow } = useTravel();
  const size = useOverview()?.journal.size ?? null;
  const newest = size === null ? null : size - 1;
  const { wanted, moment, error, retry } = useMoment(raw, travelTo);
  const [hasDrawer, setHasDrawer] = useState(false);
  const past = useMemo(
    () => (moment ? { asOf: moment.asOf, at: moment.at, reply: moment.record?.reply ?? null } : null),
    [moment],
  );
  return (
    <>
      <PastBar
        wanted={wanted}
        moment={moment}
        isMissing={error !== null && toDeskError(error).code === 'NOT_FOUND'}
        newest={newest}
        example={moment?.at ?? workspace.createdAt}
        hasEscape={!hasDrawer}
        onTravel={travelTo}
        onBack={backToNow}
      />
      <div className="past-body">
        {past ? null : <h1 className="sr-only">{say('history.bar')}</h1>}
        {wanted === null ? (
          <Blank icon="search" title={say('history.noRecord')}>
            {say('history.noAddress.text')}
          </Blank>
        ) : error !== null && moment === null ? (
          <PastFailed error={error} newest={newest} onTravel={travelTo} onRetry={() => void retry()} />
        ) : past ? (
          <PastContext value={past}>
            {place.kind === 'policy' ? (
              <PastPolicy
                past={past}
                search={search}
                newest={newest}
                onTravel={travelTo}
                hasDrawer={hasDrawer}
                onDrawer={setHasDrawer}
              />
            ) : (
              <PastDesk
                past={past}
                place={place}
                search={search}
                newest={newest}
                onTravel={travelTo}
                hasDrawer={hasDrawer}
                onDrawer={setHasDrawer}
              />
            )}
          </PastContext>
        ) : wanted.kind === 'record' ? (
          <PastWaiting asOf={wanted.asOf} />
        ) : null}
      </div>
    </>
  );
};
