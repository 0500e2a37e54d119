import { useState } from 'react';
import { toBase64 } from '#workflows/journal/bytes.ts';
import { checkpointIn, type KeptCheckpoint } from '#workflows/journal/witness.ts';
import { witness } from '../api/client.ts';
import { errorInWords } from '../api/errors.ts';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { saveFile } from '../reply/save-file.ts';
import { useWords } from '../words/use-words.ts';
import type { RefusedJournal } from './witness.ts';
import './refused-screen.css';

const CheckpointFacts = ({
  title,
  checkpoint,
  save,
  fileName,
}: {
  title: string;
  checkpoint: Pick<KeptCheckpoint, 'text' | 'seenAt'> | null;
  save: string;
  fileName: string;
}) => {
  const say = useWords();
  const read = checkpoint ? checkpointIn(checkpoint) : null;
  return (
    <section className="refused-checkpoint" aria-label={title}>
      <h2>{title}</h2>
      {checkpoint ? (
        <>
          <dl className="facts">
            <dt>{say('witness.size')}</dt>
            <dd className="figure">{read ? say.number(Number(read.size)) : say('witness.unreadable')}</dd>
            <dt>{say('witness.root')}</dt>
            <dd className="mono">{read ? toBase64(read.root) : say('witness.unreadable')}</dd>
            <dt>{say('witness.seen')}</dt>
            <dd>{say.exact(checkpoint.seenAt)}</dd>
          </dl>
          <p>
            <Button
              kind="lined"
              icon="download"
              onClick={() => {
                saveFile(fileName, checkpoint.text, 'text/plain');
              }}
            >
              {save}
            </Button>
          </p>
        </>
      ) : (
        <p className="soft">{say('witness.nothingKept')}</p>
      )}
    </section>
  );
};

/** In front of a journal that does not continue what this client kept: why, both checkpoints, and what to do. */
export const RefusedScreen = ({ journal }: { journal: RefusedJournal }) => {
  const say = useWords();
  const [isSure, setIsSure] = useState(false);
  const [isLooking, setIsLooking] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const lookAgain = async (): Promise<void> => {
    setIsLooking(true);
    setProblem(null);
    try {
      await witness.lookAgain();
    } catch (error) {
      setProblem(error);
    } finally {
      setIsLooking(false);
    }
  };
  return (
    <main className="refused">
      <div className="refused-box">
        <header>
          <Icon name="stop" size="large" className="bad" />
          <h1>{say('witness.title')}</h1>
        </header>
        <p>
          <b>{say(`witness.reason.${journal.reason}`)}</b> {say('witness.lead')}
        </p>
        <div className="refused-pair">
          <CheckpointFacts
            title={say('witness.kept')}
            checkpoint={journal.kept}
            save={say('witness.save.kept')}
            fileName="checkpoint-kept.txt"
          />
          <CheckpointFacts
            title={say('witness.shown')}
            checkpoint={journal.shown}
            save={say('witness.save.shown')}
            fileName="checkpoint-shown.txt"
          />
        </div>
        <section>
          <h2>{say('witness.next')}</h2>
          <ol className="refused-steps">
            <li>{say('witness.next.save')}</li>
            <li>{say('witness.next.tell')}</li>
            <li>{say('witness.next.again')}</li>
          </ol>
          {problem === null ? null : (
            <p className="problem" role="alert">
              {errorInWords(say, problem)}
            </p>
          )}
          <Button kind="primary" isBusy={isLooking} onClick={() => void lookAgain()}>
            {say('witness.again')}
          </Button>
        </section>
        <section className="refused-read-on">
          <label className="line">
            <input
              type="checkbox"
              checked={isSure}
              onChange={(event) => {
                setIsSure(event.currentTarget.checked);
              }}
            />
            <span>{say('witness.readOn.sure')}</span>
          </label>
          <Button
            whyNot={isSure ? null : say('witness.readOn.whyNot')}
            onClick={() => {
              witness.readOn();
            }}
          >
            {say('witness.readOn')}
          </Button>
        </section>
      </div>
    </main>
  );
};
