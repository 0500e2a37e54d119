import type { ReactNode } from 'react';
import type { RecordView } from '#workflows/contract/journal.contract.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { saveFile } from '../reply/save-file.ts';
import { useWords } from '../words/use-words.ts';
import { CopyButton, CopySign } from './copy-button.tsx';

const Passage = ({ title, text, children }: { title: string; text: string; children?: ReactNode }) => (
  <section className="passage">
    <h3>
      <span className="grow">{title}</span>
      <WithCopy title={title} text={text} />
    </h3>
    {children ?? <p className="mono">{text}</p>}
  </section>
);

const WithCopy = ({ title, text }: { title: string; text: string }) => {
  const say = useWords();
  return <CopySign text={text} label={say('log.hash.copy', { name: title })} />;
};

/** A record's very bytes and everything that proves it, in full. */
export const WrittenDialog = ({ record, onClose }: { record: RecordView; onClose: () => void }) => {
  const say = useWords();
  const { seq, source, proof, chain, signature } = record;
  const path = proof.path.join('\n');
  return (
    <Dialog isOpen onClose={onClose} title={say('log.written.title', { seq })} size={860}>
      <Passage title={say('log.written.bytes', { count: new TextEncoder().encode(source).length })} text={source}>
        <pre className="mono bytes" tabIndex={0} aria-label={say('log.written')}>
          {source}
        </pre>
      </Passage>
      <Passage title={say('log.written.hash')} text={proof.leafHash} />
      <Passage title={say('log.written.parent')} text={chain.parent} />
      {signature ? (
        <>
          <Passage title={say('log.written.keyId')} text={signature.keyId} />
          {signature.publicKey ? <Passage title={say('log.written.publicKey')} text={signature.publicKey} /> : null}
          <Passage title={say('log.written.signature')} text={signature.value} />
        </>
      ) : null}
      <Passage title={say('log.written.path')} text={path}>
        <p className="mono lines">{path === '' ? say('log.written.noPath') : path}</p>
      </Passage>
      <Passage title={say('log.written.checkpoint', { size: proof.size })} text={proof.checkpoint}>
        <p className="mono lines">{proof.checkpoint}</p>
      </Passage>
      <div className="dialog-acts">
        <Button
          icon="download"
          onClick={() => {
            saveFile(`record-${String(seq)}.json`, source, 'application/json');
          }}
        >
          {say('log.written.save')}
        </Button>
        <CopyButton text={source} label={say('log.copy')} />
        <Button kind="primary" onClick={onClose}>
          {say('act.close')}
        </Button>
      </div>
    </Dialog>
  );
};
