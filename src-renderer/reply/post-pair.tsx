import { useQuery } from '@tanstack/react-query';
import type { ReplyView, RevisionView } from '#workflows/contract/reply.contract.ts';
import { desk } from '../api/client.ts';
import { Icon } from '../design/icon.tsx';
import { useWords } from '../words/use-words.ts';
import type { DraftReading } from './editor/use-draft.ts';
import { Segments } from './segments.tsx';

const shortHash = (hash: string): string => `${hash.slice(0, 4)} ${hash.slice(4, 8)}`;

const Picture = ({ view, hash, alt }: { view: ReplyView; hash: string; alt: string }) => {
  const say = useWords();
  const picture = useQuery({
    ...desk.mention.picture.queryOptions({ input: { reply: view.id, hash } }),
    staleTime: Infinity,
  });
  const words = alt === '' ? say('post.pictureWithoutWords') : alt;
  if (!picture.data) return null;
  return <img src={`data:${picture.data.mediaType};base64,${picture.data.base64}`} alt={words} title={words} />;
};

const Thread = ({ view }: { view: ReplyView }) => {
  const say = useWords();
  if (view.thread.length === 0) return null;
  return (
    <details className="thread">
      <summary>{say('post.thread', { count: view.thread.length })}</summary>
      <ul>
        {view.thread.map((post) => (
          <li key={post.id}>
            <span className="label">
              <bdi>@{post.handle}</bdi>
              {post.isOurs ? ` (${say('post.ours')})` : ''}, {say.moment(post.at)}
            </span>
            <p dir="auto" lang={post.language ?? undefined}>
              {post.text}
            </p>
          </li>
        ))}
      </ul>
    </details>
  );
};

const CustomerPost = ({ view }: { view: ReplyView }) => {
  const say = useWords();
  const { post } = view;
  return (
    <section aria-label={say('post.customer')}>
      <header>
        <b>{say('post.customer')}</b>
        <span className="label end cut" title={`${say.exact(view.capturedAt)} · ${view.captureHash}`}>
          {view.capturedFrom === 'byHand'
            ? say('post.typedIn', { at: say.moment(view.capturedAt) })
            : say('post.captured', { at: say.moment(view.capturedAt) })}
        </span>
      </header>
      {post ? (
        <div className="text" tabIndex={0} role="group" aria-label={say('post.customer')}>
          <Thread view={view} />
          <p className="read" dir="auto" lang={post.language ?? undefined}>
            {post.text}
          </p>
          {view.pictures.length > 0 ? (
            <div className="pictures">
              {view.pictures.map(({ hash, alt }) => (
                <Picture key={hash} view={view} hash={hash} alt={alt} />
              ))}
            </div>
          ) : null}
        </div>
      ) : (
        <p className="read nothing">{say(view.erasure?.state === 'erased' ? 'post.erased' : 'post.unreadable')}</p>
      )}
    </section>
  );
};

const ReadbackState = ({ view }: { view: ReplyView }) => {
  const say = useWords();
  const outcome = view.publication?.readback?.outcome;
  if (!outcome) return <span className="label end">{say('readback.awaited')}</span>;
  const tone = outcome === 'same' ? 'ok' : 'warn';
  return (
    <span className={`state end ${tone}`}>
      <Icon name={outcome === 'same' ? 'check-circle' : 'warn'} size="small" />
      {say(`readback.${outcome}`)}
    </span>
  );
};

/** What a take-down removes, where it is certain: a reply that was corrected may or may not have got that far. */
const removedBy = ({ revisions }: ReplyView): RevisionView | null => {
  if (revisions.some(({ operation }) => operation === 'correct')) return null;
  return revisions.filter(({ operation }) => operation === 'reply').at(-1) ?? null;
};

/** The text that stands now: what is being written, what was saved, or what is public. */
const OutgoingText = ({ view, draft }: { view: ReplyView; draft: DraftReading }) => {
  const say = useWords();
  const newest = view.revisions.at(-1);
  const isPublic = ['published', 'closed'].includes(view.state) && view.publication?.state === 'succeeded';
  const drifted = isPublic ? (view.publication?.readback?.observedText ?? null) : null;
  const removed = removedBy(view);
  const { limits, handle } = view.channel;
  const measure = draft.isEditing ? draft.measure : newest?.measure;
  const length =
    limits.graphemes === null
      ? say('length.characters', { count: measure?.graphemes ?? 0 })
      : say('length.of', { count: measure?.graphemes ?? 0, limit: limits.graphemes });
  const title = isPublic
    ? say('post.asShown', { channel: view.channel.name })
    : view.operation === 'takeDown'
      ? say(view.state === 'takenDown' || view.state === 'closed' ? 'post.wasRemoved' : 'post.toRemove')
      : say('post.exactly');
  return (
    <section aria-label={title}>
      <header>
        <b>{title}</b>
        {isPublic ? (
          <ReadbackState view={view} />
        ) : newest && !draft.isEditing ? (
          <span className="label end cut" title={say('hash.full', { hash: newest.contentHash })}>
            {newest.operation === 'takeDown' ? null : <>{length} · </>}
            <span className="hash">{shortHash(newest.contentHash)}</span>
          </span>
        ) : (
          <span className="label end cut">
            <bdi>@{handle}</bdi>
          </span>
        )}
      </header>
      <div className="text" tabIndex={0} role="group" aria-label={title}>
        {draft.isEditing ? (
          draft.preview && draft.preview.text !== '' ? (
            <p className="read" dir="auto" lang={draft.language}>
              <Segments segments={draft.preview.segments} />
            </p>
          ) : (
            <p className="read nothing">{draft.previewProblem ?? say('post.nothingYet')}</p>
          )
        ) : drifted !== null ? (
          <p className="read" dir="auto">
            {drifted}
          </p>
        ) : newest ? (
          newest.operation === 'takeDown' ? (
            <>
              {view.state === 'takenDown' || view.state === 'closed' ? null : (
                <p className="read nothing">{say('post.willBeRemoved')}</p>
              )}
              {removed ? (
                <p className="read" dir="auto" lang={view.post?.language ?? undefined}>
                  <Segments segments={removed.segments} />
                </p>
              ) : null}
            </>
          ) : (
            <p className="read" dir="auto" lang={view.post?.language ?? undefined}>
              <Segments segments={newest.segments} />
            </p>
          )
        ) : (
          <p className="read nothing">{say('post.nothingYet')}</p>
        )}
      </div>
    </section>
  );
};

/** The customer's post and the exact text that answers it: always both, side by side. */
export const PostPair = ({ view, draft }: { view: ReplyView; draft: DraftReading }) => (
  <div className="pair">
    <CustomerPost view={view} />
    <OutgoingText view={view} draft={draft} />
  </div>
);
