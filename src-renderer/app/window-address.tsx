import { useQuery } from '@tanstack/react-query';
import { client } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { useWords } from '../words/use-words.ts';

/** An address by which one more browser on this machine is let in, once. */
export const WindowAddress = ({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) => {
  const say = useWords();
  const address = useQuery({
    queryKey: ['launch-address'],
    queryFn: () => client.workspace.newLaunchAddress(),
    enabled: isOpen,
    gcTime: 0,
    staleTime: 0,
  });
  const text = address.data?.address ?? '';
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={say('shell.anotherWindow')}>
      <p className="soft">{say('shell.anotherWindow.text')}</p>
      <p className="mono" data-testid="launch-address">
        {text}
      </p>
      <div className="dialog-acts">
        <Button onClick={onClose}>{say('act.close')}</Button>
        <Button
          kind="primary"
          onClick={() => {
            void navigator.clipboard.writeText(text);
            onClose();
          }}
        >
          {say('act.copyAddress')}
        </Button>
      </div>
    </Dialog>
  );
};
