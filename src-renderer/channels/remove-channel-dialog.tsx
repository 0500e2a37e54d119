import { useState } from 'react';
import { client } from '../api/client.ts';
import { useCommand } from '../api/command.ts';
import { errorInWords } from '../api/errors.ts';
import { useAnnounce } from '../app/announcer.tsx';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { useWords } from '../words/use-words.ts';
import type { ChannelDialogProps } from './change-channel-dialog.tsx';
import { FormProblem } from './form-problem.tsx';

const RemoveForm = ({ channel, onClose }: Omit<ChannelDialogProps, 'isOpen'>) => {
  const say = useWords();
  const announce = useAnnounce();
  const [version] = useState(channel.version);
  const remove = useCommand(client.channel.remove);
  const { id, name, kind } = channel;
  return (
    <>
      <p>{say(kind === 'sandbox' ? 'channelForm.remove.practiceText' : 'channelForm.remove.text')}</p>
      <FormProblem>{remove.isError ? errorInWords(say, remove.error) : null}</FormProblem>
      <div className="dialog-acts">
        <Button onClick={onClose} data-autofocus>
          {say('act.cancel')}
        </Button>
        <Button
          kind="primary"
          isBusy={remove.isPending}
          onClick={() => {
            remove.mutate(
              { channel: id, version },
              {
                onSuccess: () => {
                  announce(say('channelForm.removed', { name }));
                  onClose();
                },
              },
            );
          }}
        >
          {say('channelForm.remove.submit')}
        </Button>
      </div>
    </>
  );
};

/** Asks before a channel leaves the desk. */
export const RemoveChannelDialog = ({ channel, isOpen, onClose }: ChannelDialogProps) => {
  const say = useWords();
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={say('channelForm.removeTitle', { name: channel.name })}>
      <RemoveForm channel={channel} onClose={onClose} />
    </Dialog>
  );
};
