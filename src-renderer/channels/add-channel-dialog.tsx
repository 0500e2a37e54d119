import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { CHANNEL_KINDS, type ChannelKind } from '#workflows/channel/channel.ts';
import type { ChannelId } from '#workflows/identifiers.ts';
import { useAnnounce } from '../app/announcer.tsx';
import { Dialog } from '../design/dialog.tsx';
import { useWords } from '../words/use-words.ts';
import { BlueskyForm, type AddFormProps } from './bluesky-form.tsx';
import { bareChannelId } from './channel-words.ts';
import { PracticeChannelForm } from './practice-channel-form.tsx';

const AddForms = (props: AddFormProps) => {
  const say = useWords();
  const [kind, setKind] = useState<ChannelKind>('bluesky');
  return (
    <>
      <span className="segments" role="group" aria-label={say('channelForm.kind')} style={{ alignSelf: 'flex-start' }}>
        {CHANNEL_KINDS.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={kind === each}
            onClick={() => {
              setKind(each);
            }}
          >
            {say(`channelKind.${each}`)}
          </button>
        ))}
      </span>
      {kind === 'bluesky' ? <BlueskyForm {...props} /> : <PracticeChannelForm {...props} />}
    </>
  );
};

/** Adds a place where the company speaks. */
export const AddChannelDialog = ({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) => {
  const say = useWords();
  const announce = useAnnounce();
  const navigate = useNavigate();
  const onAdded = (channel: ChannelId, name: string): void => {
    announce(say('channelForm.added', { name }));
    onClose();
    void navigate({ to: '/channels', search: { channel: bareChannelId(channel) } });
  };
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={say('channelForm.addTitle')} size={560}>
      <AddForms onAdded={onAdded} onClose={onClose} />
    </Dialog>
  );
};
