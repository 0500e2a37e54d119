import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import type { PracticePost } from '#workflows/contract/practice.contract.ts';
import type { ChannelId } from '#workflows/identifiers.ts';
import { desk } from '../api/client.ts';
import { errorInWords } from '../api/errors.ts';
import { useConnection } from '../api/live.tsx';
import type { PlaceSearch } from '../app/addresses.ts';
import { useOfferActs } from '../app/screen-acts.tsx';
import { bareChannelId } from '../channels/channel-words.ts';
import { Button } from '../design/button.tsx';
import { Blank } from '../design/pane-state.tsx';
import { Panes } from '../design/panes.tsx';
import { SkeletonLines, useIsSlow } from '../design/skeleton.tsx';
import { useWords } from '../words/use-words.ts';
import { ThreadList } from './thread-list.tsx';
import { NotPublicStrip, ThreadView } from './thread-view.tsx';
import { threadsOf, type Thread } from './threads.ts';
import { WritePostDialog, type Writing } from './write-post-dialog.tsx';
import '../queue/queue.css';
import '../reply/reply.css';
import '../channels/channels.css';
import './practice.css';

/** Everything on the network, and the part of it that the page's address asks for. */
const usePractice = ({ channel, post }: PlaceSearch) => {
  const query = useQuery(desk.practice.threads.queryOptions({ input: { channel: null } }));
  const all = useMemo(() => threadsOf(query.data?.posts ?? []), [query.data]);
  const places = useMemo(
    () =>
      (query.data?.channels ?? []).map(({ limits, ...place }) => ({
        ...place,
        limit: limits.graphemes,
        count: all.filter(({ first }) => first.channel === place.id).length,
      })),
    [query.data, all],
  );
  const threads = useMemo(
    () => (channel === undefined ? all : all.filter(({ first }) => bareChannelId(first.channel) === channel)),
    [all, channel],
  );
  const chosen =
    post === undefined
      ? (threads[0] ?? null)
      : (all.find((thread) => thread.posts.some((item) => item.post.id === post)) ?? null);
  return { query, places, threads, chosen };
};

/** j and k walk through the threads, n writes a post. */
const useKeys = (
  { threads, chosen }: { threads: readonly Thread[]; chosen: Thread | null },
  channel: string | undefined,
  onWrite: (() => void) | null,
): void => {
  const say = useWords();
  const navigate = useNavigate();
  const walk = useCallback(
    (by: number) => {
      const place = threads.findIndex(({ first }) => first.id === chosen?.first.id);
      const next = threads[Math.min(threads.length - 1, Math.max(0, place + by))];
      if (next)
        void navigate({
          to: '/practice',
          search: { ...(channel === undefined ? {} : { channel }), post: next.first.id },
        });
    },
    [threads, chosen, channel, navigate],
  );
  const acts = useMemo(
    () => [
      {
        id: 'nextThread',
        label: say('practice.next'),
        keys: 'j',
        run: () => {
          walk(1);
        },
      },
      {
        id: 'previousThread',
        label: say('practice.previous'),
        keys: 'k',
        run: () => {
          walk(-1);
        },
      },
      ...(onWrite ? [{ id: 'writePost', label: say('practice.write'), keys: 'n', run: onWrite }] : []),
    ],
    [say, walk, onWrite],
  );
  useOfferActs('practice', acts);
};

/** Who most likely answers: whoever wrote the post, or the customer whom the company answered. */
const likelyHandle = (post: PracticePost, thread: Thread | null): string =>
  post.isOurs
    ? (thread?.posts.find((item) => item.post.id === post.parent)?.post.handle ?? thread?.first.handle ?? '')
    : post.handle;

/** The practice network as its customers see it, with the means to play one of them. Nothing on it is public. */
export const PracticeScreen = () => {
  const say = useWords();
  const navigate = useNavigate();
  const { isOnline } = useConnection();
  const search: PlaceSearch = useSearch({ strict: false });
  const { query, places, threads, chosen } = usePractice(search);
  const isSlow = useIsSlow(query.isPending);
  const [writing, setWriting] = useState<Writing | null>(null);
  const { mayPost = false, mayTakeIn = false } = query.data ?? {};
  const here = places.find(({ id }) => bareChannelId(id) === search.channel) ?? places[0];
  const hereId = here?.id;
  const write = useCallback(() => {
    if (hereId) setWriting({ parent: null, channel: hereId, handle: '' });
  }, [hereId]);
  const onWrite = mayPost && hereId ? write : null;
  useKeys({ threads, chosen }, search.channel, onWrite);
  const onPosted = (id: string, channel: ChannelId): void => {
    setWriting(null);
    const isShown = search.channel === undefined || search.channel === bareChannelId(channel);
    void navigate({
      to: '/practice',
      search: { ...(isShown && search.channel !== undefined ? { channel: search.channel } : {}), post: id },
    });
  };

  const blank = (): React.ReactNode => {
    if (query.isError && !query.data)
      return (
        <Blank
          icon={isOnline ? 'stop' : 'offline'}
          isBad={isOnline}
          title={say('practice.unreadable')}
          acts={
            <Button kind="lined" onClick={() => void query.refetch()}>
              {say('act.tryAgain')}
            </Button>
          }
        >
          {errorInWords(say, query.error)} {say('practice.unreadable.text')}
        </Blank>
      );
    if (!query.data) return isSlow ? <SkeletonLines label={say('state.loading')} lines={8} /> : null;
    if (places.length === 0)
      return (
        <Blank
          icon="chat"
          title={say('practice.noChannel')}
          acts={
            <Link className="button lined" to="/channels">
              {say('practice.toChannels')}
            </Link>
          }
        >
          {say('practice.noChannel.text')}
        </Blank>
      );
    if (search.post !== undefined)
      return (
        <Blank
          icon="search"
          title={say('practice.gone')}
          acts={
            <Link className="button lined" to="/practice">
              {say('practice.showAll')}
            </Link>
          }
        >
          {say('practice.gone.text')}
        </Blank>
      );
    return (
      <Blank
        icon="chat"
        title={say('practice.none')}
        acts={
          onWrite ? (
            <Button kind="primary" onClick={onWrite}>
              {say('practice.write')}
            </Button>
          ) : null
        }
      >
        {say(onWrite ? 'practice.none.text' : 'practice.none.readText')}
      </Blank>
    );
  };

  return (
    <>
      <Panes
        queue={
          <ThreadList
            places={places}
            channel={search.channel ?? null}
            threads={query.data ? threads : null}
            chosen={chosen}
            showsSkeleton={isSlow}
            onWrite={onWrite}
          />
        }
        main={
          chosen ? (
            <ThreadView
              key={chosen.first.id}
              thread={chosen}
              place={places.find(({ id }) => id === chosen.first.channel) ?? null}
              wanted={search.post ?? ''}
              mayPost={mayPost}
              mayTakeIn={mayTakeIn}
              onAnswer={(post) => {
                setWriting({ parent: post, channel: post.channel, handle: likelyHandle(post, chosen) });
              }}
            />
          ) : (
            <section className="pane reply-pane" aria-label={say('practice.thread')}>
              <header className="reply-head lined-head">
                <h1>{say('place.practice')}</h1>
              </header>
              <NotPublicStrip />
              {blank()}
            </section>
          )
        }
        context={null}
      />
      <WritePostDialog
        writing={writing}
        places={places}
        onClose={() => {
          setWriting(null);
        }}
        onPosted={onPosted}
      />
    </>
  );
};
