import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { ReplyId } from '#workflows/identifiers.ts';
import { client } from '../api/client.ts';
import { useCommand } from '../api/command.ts';
import { errorInWords } from '../api/errors.ts';
import { useAnnounce } from '../app/announcer.tsx';
import { FormProblem } from '../channels/form-problem.tsx';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { bareId } from '../app/addresses.ts';
import { Segments } from '../reply/segments.tsx';
import { useWords } from '../words/use-words.ts';
import type { ThreadPost } from './threads.ts';

/** Deeper answers stand no further in: the text keeps its measure. */
const DEEPEST = 4;

interface PostItemProps {
  readonly item: ThreadPost;
  /** The address of the page names this very post. */
  readonly isWanted: boolean;
  readonly mayPost: boolean;
  readonly mayTakeIn: boolean;
  readonly onAnswer: () => void;
}

const TakeIn = ({ item, mayTakeIn }: Pick<PostItemProps, 'item' | 'mayTakeIn'>) => {
  const say = useWords();
  const announce = useAnnounce();
  const navigate = useNavigate();
  const capture = useCommand(client.mention.capture);
  const { reply, isOurs, address, handle } = item.post;
  if (reply)
    return (
      <Link
        className="button lined small"
        to="/queue/$queue/$reply"
        params={{ queue: 'open', reply: bareId(reply) }}
        aria-label={say('practice.openReplyThis', { handle })}
      >
        {say('practice.openReply')}
      </Link>
    );
  if (isOurs || !mayTakeIn) return null;
  return (
    <>
      <Button
        kind="lined"
        size="small"
        icon="inbox"
        isBusy={capture.isPending}
        aria-label={say('practice.takeInThis', { handle })}
        onClick={() => {
          capture.mutate(
            { address },
            {
              onSuccess: ({ subject }) => {
                announce(say('mention.captured'));
                void navigate({
                  to: '/queue/$queue/$reply',
                  params: { queue: 'open', reply: bareId(subject as ReplyId) },
                });
              },
            },
          );
        }}
      >
        {say('practice.takeIn')}
      </Button>
      {capture.isError ? <FormProblem>{errorInWords(say, capture.error)}</FormProblem> : null}
    </>
  );
};

const Copy = ({ item }: Pick<PostItemProps, 'item'>) => {
  const say = useWords();
  const announce = useAnnounce();
  const { address, handle } = item.post;
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(address);
      announce(say('practice.copied'));
    } catch {
      announce(say('practice.copyFailed', { address }));
    }
  };
  return (
    <Button
      size="small"
      icon="copy"
      title={address}
      aria-label={say('practice.copyThis', { handle })}
      onClick={() => void copy()}
    >
      {say('practice.copy')}
    </Button>
  );
};

/** One post as everybody on the network would see it, and what can be done with it here. */
export const PostItem = ({ item, isWanted, mayPost, mayTakeIn, onAnswer }: PostItemProps) => {
  const say = useWords();
  const place = useRef<HTMLLIElement>(null);
  const { post, depth, parent } = item;
  useEffect(() => {
    if (isWanted && depth > 0) place.current?.scrollIntoView({ block: 'nearest' });
  }, [isWanted, depth]);
  return (
    <li
      ref={place}
      className={`practice-post ${post.isOurs ? 'ours' : ''}`}
      style={{ marginInlineStart: `calc(var(--s5) * ${String(Math.min(depth, DEEPEST))})` }}
    >
      <header className="line">
        <b className="cut">
          <bdi>@{post.handle}</bdi>
        </b>
        {post.isOurs ? (
          <span className="state label">
            <Icon name="seal" size="small" />
            {say('practice.ours')}
          </span>
        ) : null}
        {parent && depth > DEEPEST ? (
          <span className="label cut">{say('practice.answerTo', { handle: parent.handle })}</span>
        ) : null}
        <span className="grow" />
        <time className="label" dateTime={post.at} title={say.exact(post.at)}>
          {say.moment(post.at)}
        </time>
      </header>
      <p className="read" dir="auto" lang={post.language ?? undefined}>
        <Segments segments={post.segments} />
      </p>
      <div className="post-acts">
        <TakeIn item={item} mayTakeIn={mayTakeIn} />
        {mayPost ? (
          <Button
            size="small"
            icon="chat"
            aria-label={say('practice.answerThis', { handle: post.handle })}
            onClick={onAnswer}
          >
            {say('practice.answer')}
          </Button>
        ) : null}
        <Copy item={item} />
      </div>
    </li>
  );
};
