// A part of the bench in a process of its own: `run-part.js <name> <input as JSON>`, forked by the bench.
import { PARTS, type PartName } from './parts.ts';

const [name = '', input = '{}'] = process.argv.slice(2);

const answer = async (): Promise<unknown> => {
  const part = PARTS[name as PartName] as (input: unknown) => Promise<unknown>;
  try {
    return { ok: true, value: await part(JSON.parse(input)) };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
};

const sent = await answer();
process.send?.(sent, () => process.exit(0));
