import { useState } from 'react';
import type { RecordView } from '#workflows/contract/journal.contract.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Icon } from '../design/icon.tsx';
import { useWords } from '../words/use-words.ts';
import { CopyButton } from './copy-button.tsx';
import { shortHash } from './short-hash.ts';

/** The text that a revision fixed, and the bytes behind its fingerprint. */
export const ContentSection = ({ record }: { record: RecordView }) => {
  const say = useWords();
  const [isOpen, setIsOpen] = useState(false);
  const { type, content, contentHash } = record;
  if (type !== 'reply.revised') return null;
  return (
    <section className="section">
      <h2>{say('log.content')}</h2>
      {content ? (
        <>
          <p className="log-version" dir="auto" lang={content.language ?? undefined}>
            {content.text}
          </p>
          <p className="state proof-note">
            <Icon
              name={content.isValid ? 'check-circle' : 'stop'}
              size="small"
              className={content.isValid ? 'ok' : 'bad'}
            />
            {content.isValid
              ? say('log.content.same', { hash: shortHash(contentHash ?? '') })
              : say('log.content.other')}
          </p>
          <Button
            kind="lined"
            onClick={() => {
              setIsOpen(true);
            }}
          >
            {say('log.content.show')}
          </Button>
          <Dialog
            isOpen={isOpen}
            onClose={() => {
              setIsOpen(false);
            }}
            title={say('log.content.title')}
            size={860}
          >
            <p className="soft">{say('log.content.lead')}</p>
            <pre className="mono bytes" tabIndex={0} aria-label={say('log.content.title')}>
              {content.source}
            </pre>
            <p className="mono">{contentHash}</p>
            <div className="dialog-acts">
              <CopyButton text={content.source} label={say('log.copy')} />
            </div>
          </Dialog>
        </>
      ) : (
        <p className="soft">{say('log.content.erased')}</p>
      )}
    </section>
  );
};
