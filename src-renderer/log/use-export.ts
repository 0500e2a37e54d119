import type { ReplyId } from '#workflows/identifiers.ts';
import { client } from '../api/client.ts';
import { useCommand } from '../api/command.ts';
import { errorInWords } from '../api/errors.ts';
import { useAnnounce } from '../app/announcer.tsx';
import { useSession } from '../app/session.tsx';
import { printPage } from '../reply/print-page.ts';
import { saveFile } from '../reply/save-file.ts';
import { useWords } from '../words/use-words.ts';

const timeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

interface Page {
  readonly html: string;
  readonly fileName: string;
}

/** Takes a record's proof, or its reply's story, out of the program: as a file or on paper. */
export const useExport = () => {
  const say = useWords();
  const announce = useAnnounce();
  const { session, workspace } = useSession();
  const story = useCommand(client.journal.exportStory);
  const record = useCommand(client.journal.exportRecord);
  const give = (how: 'save' | 'print') => ({
    onSuccess: ({ html, fileName }: Page): void => {
      if (how === 'print') printPage(html);
      else {
        saveFile(fileName, html, 'text/html');
        announce(say('log.exported', { file: fileName }));
      }
    },
  });
  const error = story.error ?? record.error;
  return {
    story: (reply: ReplyId, how: 'save' | 'print'): void => {
      record.reset();
      story.mutate({ reply, timeZone: timeZone() }, give(how));
    },
    record: (seq: number, how: 'save' | 'print'): void => {
      story.reset();
      record.mutate({ seq, timeZone: timeZone() }, give(how));
    },
    isBusy: story.isPending || record.isPending,
    problem: error === null ? null : `${say('log.export.failed')} ${errorInWords(say, error)}`,
    /** Why this person cannot export now. */
    whyNot:
      workspace.readOnly !== null
        ? say('log.export.readOnly')
        : session.keyState === 'valid'
          ? null
          : say(`key.${session.keyState}`),
  };
};

export type ExportControl = ReturnType<typeof useExport>;
