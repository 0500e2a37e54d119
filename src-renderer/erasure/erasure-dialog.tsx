import { useQuery } from '@tanstack/react-query';
import type { ErasureView } from '#workflows/contract/erasure.contract.ts';
import type { CustomerId } from '#workflows/identifiers.ts';
import { desk } from '../api/client.ts';
import { Dialog } from '../design/dialog.tsx';
import { useWords, type Words } from '../words/use-words.ts';
import { DecideErasure } from './decide-erasure.tsx';
import { ErasureFacts } from './erasure-facts.tsx';
import { ProposeErasure } from './propose-erasure.tsx';
import './erasure.css';

const titleOf = (say: Words, view: ErasureView | undefined): string => {
  if (view?.state === 'erased') return say('erasure.title.done');
  if (view?.state === 'proposed') return say('erasure.title.decide', { handle: view.handle ?? '' });
  return say('erasure.title.propose');
};

const Content = ({ view, onClose }: { view: ErasureView; onClose: () => void }) => {
  const say = useWords();
  if (view.state === 'erased')
    return <p>{say('erasure.erasedBy', { who: view.erased?.by.name ?? '', at: say.moment(view.erased?.at ?? '') })}</p>;
  if (view.state === 'proposed') return <DecideErasure view={view} onClose={onClose} />;
  return view.mayPropose ? <ProposeErasure view={view} onClose={onClose} /> : <ErasureFacts view={view} />;
};

/** Where erasing a customer is proposed, confirmed or declined, with everything that it takes and leaves. */
export const ErasureDialog = ({
  customer,
  isOpen,
  onClose,
}: {
  customer: CustomerId;
  isOpen: boolean;
  onClose: () => void;
}) => {
  const say = useWords();
  const { data } = useQuery({ ...desk.erasure.get.queryOptions({ input: { customer } }), enabled: isOpen });
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={titleOf(say, data)} size={560}>
      {data ? <Content view={data} onClose={onClose} /> : <p className="soft">{say('erasure.loading')}</p>}
    </Dialog>
  );
};
