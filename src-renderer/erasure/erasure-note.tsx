import { useState } from 'react';
import type { ReplyView } from '#workflows/contract/reply.contract.ts';
import { useSession } from '../app/session.tsx';
import { usePast } from '../history/past.tsx';
import { Button } from '../design/button.tsx';
import { useWords } from '../words/use-words.ts';
import { ErasureDialog } from './erasure-dialog.tsx';

/** What was said about erasing the customer of a reply, and where an admin proposes it. */
export const ErasureNote = ({ view: { customer, erasure } }: { view: ReplyView }) => {
  const say = useWords();
  const { roles } = useSession().session.person;
  const [isOpen, setIsOpen] = useState(false);
  const state = erasure?.state ?? null;
  const isNow = usePast() === null;
  const isAdmin = roles.includes('admin');
  const canLook = isNow && state === 'proposed' && (isAdmin || roles.includes('legal'));
  const canPropose = isNow && isAdmin && (state === null || state === 'declined');
  return (
    <>
      {erasure && state ? (
        <p className="label">{say(`erasure.${state}By`, { who: erasure.by.name, at: say.moment(erasure.at) })}</p>
      ) : null}
      {canLook || canPropose ? (
        <Button
          size="small"
          flush
          onClick={() => {
            setIsOpen(true);
          }}
        >
          {say(canPropose ? 'erasure.act' : 'erasure.act.look')}
        </Button>
      ) : null}
      {isOpen ? (
        <ErasureDialog
          customer={customer}
          isOpen
          onClose={() => {
            setIsOpen(false);
          }}
        />
      ) : null}
    </>
  );
};
