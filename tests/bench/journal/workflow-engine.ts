import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Engine, type BpmnEngineExecutionState, type Execution } from 'bpmn-engine';
import { BenchDesk } from '../bench-desk.ts';
import { quantile, timed } from '../control.ts';
import { saveDurably } from './durable-file.ts';
import { atLeast, plain, type Figure } from './figures.ts';

const TASKS = ['submit', 'comms', 'legal', 'release'] as const;

const flow = (number: number, from: string, to: string): string =>
  `<sequenceFlow id="flow${String(number)}" sourceRef="${from}" targetRef="${to}" />`;

/** The four steps of an approval, each a task that a person completes. */
const PROCESS = `<?xml version="1.0" encoding="UTF-8"?>
<definitions id="approval" targetNamespace="bench" xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
<process id="reply" isExecutable="true"><startEvent id="start" />
${TASKS.map((task) => `<userTask id="${task}" />`).join('')}
<endEvent id="end" />
${['start', ...TASKS].map((from, index) => flow(index, from, TASKS[index] ?? 'end')).join('')}
</process></definitions>`;

/** A process that waits for its first task. */
const started = async (): Promise<Execution> => {
  const engine = new Engine({ name: 'approval', source: PROCESS });
  return engine.execute();
};

/** Completes a task; the state is durable when it returns. */
const complete = (execution: Execution, task: string, path: string): void => {
  execution.signal({ id: task });
  saveDurably(path, JSON.stringify(execution.getState()));
};

const requireEnded = (execution: Execution): void => {
  const status: string = execution.activityStatus;
  if (status !== 'idle') throw new Error('the process did not come to its end');
};

/** Completes the four tasks on an engine that stays in memory. @returns milliseconds */
const completeAll = async (path: string): Promise<number> => {
  const execution = await started();
  const took = await timed(() => {
    for (const task of TASKS) complete(execution, task, path);
  });
  requireEnded(execution);
  return took;
};

/** The same where each task is completed by an engine that takes the saved state up, as after a pause. @returns milliseconds */
const resumeAll = async (path: string): Promise<number> => {
  let execution = await started();
  saveDurably(path, JSON.stringify(execution.getState()));
  const took = await timed(async () => {
    for (const task of TASKS) {
      const state = JSON.parse(readFileSync(path, 'utf8')) as BpmnEngineExecutionState;
      execution = await new Engine().recover(state).resume();
      complete(execution, task, path);
    }
  });
  requireEnded(execution);
  return took;
};

/** Submit, two approvals and release: four durable signed decisions. @returns milliseconds */
const approve = async (desk: BenchDesk, count: number): Promise<number> => {
  const reply = await desk.drafted(count);
  let total = await timed(await desk.submitting(reply));
  total += await timed(await desk.approving(reply, 'comms'));
  total += await timed(await desk.approving(reply, 'legal'));
  total += await timed(await desk.releasingAlone(reply));
  await desk.settle();
  return total;
};

/** Ours and theirs in turn, on the same disk in the same run. */
export const measureWorkflowEngine = async ({ root, runs }: { root: string; runs: number }): Promise<Figure[]> => {
  const desk = await BenchDesk.create(root);
  const path = join(root, 'engine.json');
  const ours: number[] = [];
  const theirs: number[] = [];
  const resumed: number[] = [];
  try {
    await desk.warmUp();
    for (let count = 0; count < runs; count += 1) {
      const took = [await approve(desk, count), await completeAll(path), await resumeAll(path)] as const;
      ours.push(took[0]);
      theirs.push(took[1]);
      resumed.push(took[2]);
    }
  } finally {
    await desk.end();
  }
  const figure = (name: string, peers: readonly number[], promised?: Figure['promised']): Figure => {
    const [our, their] = [quantile(ours, 0.5), quantile(peers, 0.5)];
    const from = `medians of ${String(runs)}: ${plain(their)} ms ÷ ${plain(our)} ms`;
    return { name, value: their / our, unit: '×', from, ...(promised ? { promised } : {}) };
  };
  return [
    figure('Four-step approval, times faster than bpmn-engine', theirs, atLeast(5, 10)),
    figure('Four-step approval, times faster than bpmn-engine that is resumed for each task', resumed),
  ];
};
