import { RefusalError } from '#workflows/errors.ts';
import { main } from './cli.ts';
import { endQuietlyWithoutReader } from './output.ts';

endQuietlyWithoutReader();

const inWords = async (error: unknown): Promise<string> => {
  if (error instanceof RefusalError) {
    const { refusalInWords } = await import('../core/words.ts');
    return refusalInWords(error.refusal);
  }
  return `Countersign stopped: ${error instanceof Error ? error.message : String(error)}`;
};

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  async (error: unknown) => {
    process.exitCode = 1;
    process.stderr.write(`${await inWords(error)}\n`);
  },
);
