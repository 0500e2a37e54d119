import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { TimestampsView } from '#workflows/contract/timestamps.contract.ts';
import { client, desk } from '../api/client.ts';
import { errorInWords } from '../api/errors.ts';
import { useAnnounce } from '../app/announcer.tsx';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { useWords, type Words } from '../words/use-words.ts';
import { AuthorityDialog } from './authority-dialog.tsx';

const newestInWords = (say: Words, { newest }: TimestampsView): string => {
  if (!newest) return say('timestamps.newest.none');
  const { size, given } = newest;
  return given
    ? say('timestamps.newest.given', { at: say.moment(given.at), size, authority: given.authority })
    : say('timestamps.newest.notTrusted', { size });
};

const Failure = ({ failure }: { failure: NonNullable<TimestampsView['failure']> }) => {
  const say = useWords();
  const key = `refusal.${failure.reason}`;
  const why = say.has(key) ? say(key, failure.values) : failure.reason;
  return (
    <p className="state warn wrap" role="status">
      <Icon name="warn" size="small" />
      <span>{say('timestamps.failed', { at: say.moment(failure.at), why, next: say.moment(failure.nextTryAt) })}</span>
    </p>
  );
};

/** Who stamps the checkpoints, when it was last done, and what went wrong. */
export const TimestampsSection = () => {
  const say = useWords();
  const announce = useAnnounce();
  const queries = useQueryClient();
  const view = useQuery(desk.timestamps.get.queryOptions()).data ?? null;
  const [isOpen, setIsOpen] = useState(false);
  const ask = useMutation({
    mutationFn: () => client.timestamps.stampNow(),
    onSuccess: ({ newest, failure }) => {
      const given = newest?.given;
      if (given && !failure) {
        const { authority } = given;
        announce(say('timestamps.asked', { at: say.moment(given.at), authority, size: newest.size }));
      }
    },
    onSettled: () => queries.invalidateQueries({ queryKey: desk.timestamps.key() }),
  });
  if (!view) return null;
  const { authority, canChange, newest, failure } = view;
  return (
    <section className="section" aria-label={say('timestamps.title')}>
      <h2>{say('timestamps.title')}</h2>
      <p className="soft">{say(authority ? 'timestamps.lead' : 'timestamps.none')}</p>
      {authority || newest ? (
        <dl className="facts log-facts">
          {authority ? (
            <>
              <dt>{say('timestamps.authority')}</dt>
              <dd className="mono">{authority.address}</dd>
              <dt>{say('timestamps.trusted')}</dt>
              <dd>{authority.names.join('; ')}</dd>
            </>
          ) : null}
          <dt>{say('timestamps.newest')}</dt>
          <dd>{newestInWords(say, view)}</dd>
        </dl>
      ) : null}
      {ask.error ? (
        <p className="bad" role="alert">
          {errorInWords(say, ask.error)}
        </p>
      ) : failure ? (
        <Failure failure={failure} />
      ) : null}
      {canChange ? (
        <p className="line acts">
          {authority ? (
            <Button
              kind="lined"
              isBusy={ask.isPending}
              onClick={() => {
                ask.mutate();
              }}
            >
              {say(ask.isPending ? 'timestamps.asking' : 'timestamps.ask')}
            </Button>
          ) : null}
          <Button
            {...(authority ? {} : { kind: 'lined' as const })}
            onClick={() => {
              ask.reset();
              setIsOpen(true);
            }}
          >
            {say(authority ? 'timestamps.change' : 'timestamps.setUp')}
          </Button>
        </p>
      ) : null}
      {isOpen ? (
        <AuthorityDialog
          view={view}
          onClose={() => {
            setIsOpen(false);
          }}
        />
      ) : null}
    </section>
  );
};
