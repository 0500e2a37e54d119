import { useState } from 'react';
import { useOverview } from '../app/use-overview.ts';
import { Icon } from '../design/icon.tsx';
import { useWords } from '../words/use-words.ts';
import { PauseDialog } from './pause-dialog.tsx';

/** Whether publishing is on; whoever may, stops it from here. */
export const PublishingButton = () => {
  const say = useWords();
  const publishing = useOverview()?.publishing;
  const [isOpen, setIsOpen] = useState(false);
  if (!publishing) return null;
  const isOn = publishing.state === 'on';
  return (
    <>
      <button
        type="button"
        className="button publishing"
        onClick={() => {
          setIsOpen(true);
        }}
      >
        <Icon name={isOn ? 'send' : 'pause'} size="small" className={isOn ? '' : 'bad'} />
        <span>{say(isOn ? 'pause.isOn' : 'pause.isOff')}</span>
      </button>
      <PauseDialog
        isOpen={isOpen}
        onClose={() => {
          setIsOpen(false);
        }}
      />
    </>
  );
};
