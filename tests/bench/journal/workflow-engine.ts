import { join } from 'node:path';
import { Engine, type Execution } from 'bpmn-engine';
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

/** Completes the four tasks; the state is durable after each before the next begins. */
const completeAll = (execution: Execution, path: string): void => {
  for (const task of TASKS) {
    execution.signal({ id: task });
    saveDurably(path, JSON.stringify(execution.getState()));
  }
  const status: string = execution.activityStatus;
  if (status !== 'idle') throw new Error('the process did not come to its end');
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
  const ours: number[] = [];
  const theirs: number[] = [];
  try {
    await desk.warmUp();
    for (let count = 0; count < runs; count += 1) {
      ours.push(await approve(desk, count));
      const execution = await started();
      theirs.push(await timed(() => completeAll(execution, join(root, 'engine.json'))));
    }
  } finally {
    await desk.end();
  }
  const [our, their] = [quantile(ours, 0.5), quantile(theirs, 0.5)];
  return [
    {
      name: 'Four-step approval, times faster than bpmn-engine',
      value: their / our,
      unit: '×',
      promised: atLeast(5, 10),
      from: `medians of ${String(runs)}: ${plain(their)} ms ÷ ${plain(our)} ms`,
    },
  ];
};
