import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words/use-words.ts';
import './dialog.css';

/** A question in front of everything; Esc closes it and the focus goes back to where it was. */
export const Dialog = ({
  isOpen,
  onClose,
  title,
  size = 480,
  children,
}: {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  size?: number;
  children: ReactNode;
}) => {
  const say = useWords();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={title}
      size={size}
      returnFocus
      closeButtonProps={{ 'aria-label': say('act.close') }}
      transitionProps={{ duration: 0 }}
      classNames={{ title: 'dialog-title', body: 'dialog-body' }}
      overlayProps={{ backgroundOpacity: 0.35 }}
    >
      {children}
    </Modal>
  );
};
