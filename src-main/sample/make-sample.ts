import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pino from 'pino';
import type { SampleMaker } from '../core/desk-host.ts';
import { PRACTICE_COST } from '../keys/passphrase.ts';
import { ScriptDesk, type ScriptOptions } from '../scripted/script-desk.ts';
import { diskStorage } from '../storage/storage.ts';
import { Calendar } from './calendar.ts';
import { CAST, FOUNDER } from './cast.ts';
import { oversightActs } from './oversight.ts';
import { sceneActs } from './perform-scene.ts';
import { policyActs, templateActs } from './perform-version.ts';
import { SAMPLE_PASSPHRASE } from './sample-passphrase.ts';
import { scenesOf } from './scenes/index.ts';
import { BEGINNING, setUpActs } from './set-up.ts';
import { Stage, type TimedAct } from './stage.ts';
import { flushTree, unhurried } from './unhurried-storage.ts';

/** Everything that happens at the sample desk, in the order in which it does. */
const actsIn = (calendar: Calendar): TimedAct[] =>
  [
    ...setUpActs(calendar),
    ...policyActs(calendar),
    ...templateActs(calendar),
    ...oversightActs(calendar),
    ...scenesOf(calendar).flatMap((scene) => sceneActs(scene, calendar)),
  ].sort((a, b) => a.at - b.at);

const perform = async (stage: Stage, act: TimedAct): Promise<void> => {
  try {
    await stage.passTo(act.at);
    await act.perform(stage);
    await stage.script.settle();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`the sample stops at “${act.what}”: ${why}`, { cause: error });
  }
};

const play = async (script: ScriptDesk, calendar: Calendar): Promise<void> => {
  const stage = new Stage(script, calendar);
  stage.people.set(FOUNDER, script.admin);
  for (const act of actsIn(calendar)) await perform(stage, act);
  await stage.passTo(calendar.now);
  await script.settle();
};

const makeIn = async (folder: string, script: Omit<ScriptOptions, 'folder'>, calendar: Calendar): Promise<void> => {
  const { storage = diskStorage } = script;
  const desk = await ScriptDesk.create({ ...script, folder, storage: unhurried(storage) });
  try {
    await play(desk, calendar);
  } finally {
    await desk.close();
  }
  flushTree(folder, storage);
};

/**
 * Makes the sample workspace by ordinary commands under a clock that ends now: people, rules, templates and replies at
 * every stage of their life. The folder takes its name only when all of it is there and durable.
 * @param now milliseconds since 1970, where the script's clock ends
 * @throws Error naming the act that the desk refused, or the fault of the program on the way; the folder is not there then
 */
export const makeSample = async (
  folder: string,
  { machine, storage }: Parameters<SampleMaker>[1],
  now: number = Date.now(),
): Promise<void> => {
  const home = mkdtempSync(join(tmpdir(), 'countersign-sample-'));
  const unfinished = `${folder}.unfinished`;
  const faults: string[] = [];
  const logger = pino({ level: 'error' }, { write: (line: string) => faults.push(line) });
  const calendar = new Calendar(now);
  rmSync(unfinished, { recursive: true, force: true });
  try {
    await makeIn(
      unfinished,
      {
        home,
        name: 'Acme Care Desk',
        adminName: CAST[FOUNDER].name,
        passphrase: SAMPLE_PASSPHRASE,
        isSample: true,
        machine,
        storage,
        cost: PRACTICE_COST,
        logger,
        start: calendar.at(BEGINNING),
      },
      calendar,
    );
    if (faults.length > 0) throw new Error(`the program had a fault while the sample was made: ${faults.join('')}`);
    storage.rename(unfinished, folder);
    storage.flushFolder(dirname(folder));
  } finally {
    rmSync(home, { recursive: true, force: true });
    rmSync(unfinished, { recursive: true, force: true });
  }
};
