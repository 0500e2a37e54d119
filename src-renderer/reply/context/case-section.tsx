import { Link } from '@tanstack/react-router';
import type { ReplyView } from '#workflows/contract/reply.contract.ts';
import type { ReplyId } from '#workflows/identifiers.ts';
import { ErasureNote } from '../../erasure/erasure-note.tsx';
import { ReplyLink } from '../../history/reply-link.tsx';
import { useWords } from '../../words/use-words.ts';

const ToReply = ({ id, children }: { id: ReplyId; children: string }) => (
  <ReplyLink className="link" queue="open" reply={id}>
    {children}
  </ReplyLink>
);

/** Posts of the practice network are looked at inside the desk. */
const PRACTICE = 'practice://posts/';

/** What is known about the customer and this matter besides the post itself. */
export const CaseSection = ({ view }: { view: ReplyView }) => {
  const say = useWords();
  const { post, earlier, follows, followedBy } = view;
  const practicePost = post?.address?.startsWith(PRACTICE) ? post.address.slice(PRACTICE.length) : null;
  return (
    <section className="section">
      <h2>{say('case.title')}</h2>
      <dl className="facts">
        <dt>{say('case.customer')}</dt>
        <dd>
          {post ? (
            <>
              <bdi>@{post.handle}</bdi>
              {post.name ? <span className="soft"> ({post.name})</span> : null}
            </>
          ) : (
            say('reply.erasedCustomer')
          )}
        </dd>
        <dt>{say('case.posted')}</dt>
        <dd title={post ? say.exact(post.at) : undefined}>{post ? say.moment(post.at) : ''}</dd>
        <dt>{say('case.due')}</dt>
        <dd title={say.exact(view.dueAt)}>{say.moment(view.dueAt)}</dd>
        {post?.address ? (
          <>
            <dt>{say('case.address')}</dt>
            <dd>
              {post.address.startsWith('https://') ? (
                <a href={post.address} target="_blank" rel="noreferrer noopener">
                  {post.address}
                </a>
              ) : practicePost !== null ? (
                <Link className="link" to="/practice" search={{ post: practicePost }}>
                  {post.address}
                </Link>
              ) : (
                <span className="mono">{post.address}</span>
              )}
            </dd>
          </>
        ) : null}
        <dt>{say('case.owner')}</dt>
        <dd>{view.assignee?.name ?? say('case.nobody')}</dd>
        {follows ? (
          <>
            <dt>{say('case.follows')}</dt>
            <dd>
              <ToReply id={follows}>{say('case.ourReply')}</ToReply>
            </dd>
          </>
        ) : null}
        {followedBy.map((id) => (
          <div key={id} style={{ display: 'contents' }}>
            <dt>{say('case.answered')}</dt>
            <dd>
              <ToReply id={id}>{say('case.theirAnswer')}</ToReply>
            </dd>
          </div>
        ))}
        {earlier.length > 0 ? (
          <>
            <dt>{say('case.before')}</dt>
            <dd>
              <ul>
                {earlier.map(({ id, at, state, excerpt }) => (
                  <li key={id}>
                    <ToReply id={id}>
                      {say('case.earlier', { at: say.date(at), state: say(`reply.state.${state as 'closed'}`) })}
                    </ToReply>
                    <span className="label cut" style={{ display: 'block' }} dir="auto">
                      {excerpt}
                    </span>
                  </li>
                ))}
              </ul>
            </dd>
          </>
        ) : null}
      </dl>
      <ErasureNote view={view} />
    </section>
  );
};
