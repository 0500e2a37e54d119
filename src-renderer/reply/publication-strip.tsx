import { useMutation } from '@tanstack/react-query';
import type { ReplyView } from '#workflows/contract/reply.contract.ts';
import { client } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { Strip } from '../design/pane-state.tsx';
import { useNow } from '../words/use-now.ts';
import { useWords, type Words } from '../words/use-words.ts';

const nextTry = (say: Words, retryAt: string | null, now: number): string => {
  if (retryAt === null) return '';
  return Date.parse(retryAt) <= now ? say('publication.now') : say('publication.nextTry', { at: say.clock(retryAt) });
};

/** How far sending is, in a sentence, with what can be done about it. */
export const PublicationStrip = ({ view }: { view: ReplyView }) => {
  const say = useWords();
  const now = useNow();
  const retry = useMutation({ mutationFn: () => client.reply.retryNow({ reply: view.id }) });
  const { publication, state } = view;
  const mayRetry = view.acts.some(({ act, isAllowed }) => act === 'retry' && isAllowed);
  const tryNow = mayRetry ? (
    <Button
      kind="lined"
      size="small"
      isBusy={retry.isPending}
      onClick={() => {
        retry.mutate();
      }}
    >
      {say('publication.tryNow')}
    </Button>
  ) : null;
  if (!publication) return null;
  const { cause, retryAt, needsPerson, needsReleaseAgain, blockedBecause, readback } = publication;
  const why = cause ? say(`cause.${cause}`) : '';
  if (state === 'publishing' || state === 'scheduled') {
    if (needsReleaseAgain) {
      return (
        <Strip icon="pause" tone="caution" title={say('publication.releaseAgain')}>
          {say('publication.releaseAgain.text')}
        </Strip>
      );
    }
    if (blockedBecause !== null) {
      return (
        <Strip icon="stop" tone="alarm" title={say('publication.blocked')}>
          {say('publication.blocked.text', { why: blockedBecause })}
        </Strip>
      );
    }
    if (state === 'scheduled') return null;
    if (publication.state === 'backingOff') {
      return (
        <Strip icon="offline" tone="caution" title={say('publication.waits', { why })} acts={tryNow}>
          {say('publication.waits.text')} {nextTry(say, retryAt, now)}
        </Strip>
      );
    }
    if (publication.state === 'reconciling') {
      return (
        <Strip icon="search" tone="caution" title={say('publication.unknown', { why })} acts={tryNow}>
          {needsPerson
            ? say('publication.needsPerson')
            : `${say('publication.unknown.text')} ${nextTry(say, retryAt, now)}`}
        </Strip>
      );
    }
    return (
      <Strip icon="send" title={say('publication.sending')}>
        {say('publication.sending.text')}
      </Strip>
    );
  }
  if (state === 'approved' && publication.state === 'failed') {
    return (
      <Strip icon="stop" tone="alarm" title={say('publication.givenBack', { why })}>
        {say('publication.givenBack.text')}
      </Strip>
    );
  }
  if (readback?.outcome === 'drifted') {
    return (
      <Strip icon="warn" tone="caution" title={say('publication.drifted')}>
        {say('publication.drifted.text')}
      </Strip>
    );
  }
  if (readback?.outcome === 'gone') {
    return (
      <Strip icon="warn" tone="caution" title={say('publication.gone')}>
        {say('publication.gone.text')}
      </Strip>
    );
  }
  return null;
};
