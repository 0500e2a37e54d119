// `npm run bench`: what a decision, a whole reply, a start and the page cost, beside a control of the same run.
import { Console } from 'node:console';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BenchDesk } from './bench-desk.ts';
import { BareFlush, quantile, timed } from './control.ts';
import { firstLoad } from './first-load.ts';
import { prepareSample, startOfNode, startWithSample } from './start.ts';

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: join(import.meta.dirname, '../../out/bench') },
    replies: { type: 'string', default: '150' },
    starts: { type: 'string', default: '7' },
    json: { type: 'string' },
  },
});

/** As long as a decision's record is, about. */
const RECORD_BYTES = 1_600;

interface Figure {
  readonly name: string;
  readonly value: string;
  readonly control: string;
  readonly ratio: number | null;
  readonly bar: string;
}

const milliseconds = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`;

const compare = (name: string, value: number, control: number, bar = ''): Figure => ({
  name,
  value: milliseconds(value),
  control: milliseconds(control),
  ratio: value / control,
  bar,
});

/** Every decision and every whole reply stands between two bare flushes of its own. */
const measureDesk = async (root: string): Promise<Figure[]> => {
  const desk = await BenchDesk.create(root);
  const control = new BareFlush(root, RECORD_BYTES);
  const flushes: number[] = [];
  const decisions: number[] = [];
  const whole: number[] = [];
  const flush = async (): Promise<void> => {
    flushes.push(
      await timed(() => {
        control.run();
      }),
    );
  };
  try {
    await desk.warmUp();
    for (let count = 0; count < Number(values.replies); count += 1) {
      const reply = await desk.drafted(count);
      let total = 0;
      const step = async (work: () => Promise<unknown>): Promise<number> => {
        await flush();
        const took = await timed(work);
        total += took;
        return took;
      };
      await step(await desk.submitting(reply));
      decisions.push(await step(await desk.approving(reply, 'comms')));
      decisions.push(await step(await desk.approving(reply, 'legal')));
      await step(await desk.releasing(reply));
      const { state } = await desk.view(reply);
      if (state !== 'published') throw new Error(`the reply was not published: ${state}`);
      whole.push(total);
    }
  } finally {
    control.close();
    await desk.end();
  }
  const bare = quantile(flushes, 0.5);
  return [
    compare('A durable signed decision, median', quantile(decisions, 0.5), bare, '≤ 4'),
    compare('A durable signed decision, 99th percentile', quantile(decisions, 0.99), quantile(flushes, 0.99)),
    compare('Submit, two approvals, release, sent and read back', quantile(whole, 0.5), bare),
  ];
};

const measureStart = async (root: string): Promise<Figure> => {
  const home = join(root, 'sample-home');
  await prepareSample(home);
  const cli = join(import.meta.dirname, '../../out/main/cli.js');
  const starts: number[] = [];
  const controls: number[] = [];
  for (let count = 0; count < Number(values.starts); count += 1) {
    controls.push(await startOfNode());
    starts.push(await startWithSample(cli, home));
  }
  return compare('Start with the sample workspace', quantile(starts, 0.5), quantile(controls, 0.5));
};

const measurePage = (): Figure => {
  const bytes = firstLoad(join(import.meta.dirname, '../../out/renderer'));
  return {
    name: 'The page’s first load, gzipped',
    value: `${(bytes / 1000).toFixed(0)} kB`,
    control: '',
    ratio: null,
    bar: '≤ 600 kB',
  };
};

mkdirSync(values.folder, { recursive: true });
const root = mkdtempSync(join(values.folder, 'run-'));
try {
  const figures = [...(await measureDesk(root)), await measureStart(root), measurePage()];
  const table = new Console(process.stdout);
  table.table(
    figures.map(({ name, value, control, ratio, bar }) => ({
      figure: name,
      value,
      control,
      ratio: ratio === null ? '' : ratio.toFixed(2),
      bar,
    })),
  );
  table.log('Control: a bare write and fdatasync between the steps of the same run; for the start, Node alone.');
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
} finally {
  rmSync(root, { recursive: true, force: true });
}
