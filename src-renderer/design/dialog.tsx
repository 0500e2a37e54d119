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
    <Modal.Root opened={isOpen} onClose={onClose} size={size} returnFocus transitionProps={{ duration: 0 }}>
      <Modal.Overlay backgroundOpacity={0.35} />
      <Modal.Content>
        {/* Mantine's own header element would count as a second banner of the page. */}
        <div className="dialog-head">
          <Modal.Title className="dialog-title">{title}</Modal.Title>
          <Modal.CloseButton aria-label={say('act.close')} />
        </div>
        <Modal.Body className="dialog-body">{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
};
