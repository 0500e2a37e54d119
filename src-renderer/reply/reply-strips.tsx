import type { ReplyView } from '#workflows/contract/reply.contract.ts';
import { Strip } from '../design/pane-state.tsx';
import { useWords } from '../words/use-words.ts';
import { PublicationStrip } from './publication-strip.tsx';

const Returned = ({ view }: { view: ReplyView }) => {
  const say = useWords();
  const { returned } = view;
  if (!returned || !['drafting', 'correcting', 'takingDown', 'rejected'].includes(view.state)) return null;
  return (
    <Strip
      icon="back"
      tone="caution"
      title={say(returned.wasRejected ? 'returned.rejected' : 'returned.changes', {
        who: returned.by.name,
        revision: returned.revision,
        at: say.moment(returned.at),
      })}
    >
      <span dir="auto">“{returned.reason}”</span>
    </Strip>
  );
};

const TemplateProblem = ({ view }: { view: ReplyView }) => {
  const say = useWords();
  const problem = view.template?.problem;
  if (!view.template || !problem || !['drafting', 'inReview', 'approved'].includes(view.state)) return null;
  return (
    <Strip
      icon="warn"
      tone="caution"
      title={say(`template.problem.${problem}`, { name: view.template.name, version: view.template.version })}
    >
      {say('template.problem.text')}
    </Strip>
  );
};

const Followed = ({ view }: { view: ReplyView }) => {
  const say = useWords();
  if (!view.post) {
    return <Strip icon="lock" title={say(view.erasure?.state === 'erased' ? 'post.erased' : 'post.unreadable')} />;
  }
  if (view.followedBy.length === 0) return null;
  return (
    <Strip icon="chat" title={say('reply.followed', { count: view.followedBy.length })}>
      {say('reply.followed.text')}
    </Strip>
  );
};

/** What one must know of a reply before one reads its text. */
export const ReplyStrips = ({ view }: { view: ReplyView }) => (
  <>
    <PublicationStrip view={view} />
    <Returned view={view} />
    <TemplateProblem view={view} />
    <Followed view={view} />
  </>
);
