import { Console } from 'node:console';

/** A figure that must be at most, or at least, what is promised. */
export interface Promised {
  readonly direction: 'atMost' | 'atLeast';
  readonly bar: number;
  readonly stretch: number;
}

export interface Figure {
  readonly name: string;
  readonly value: number;
  /** `×`, `ms`, `s`, `records/s`, … */
  readonly unit: string;
  /** Absent for what is only there to compare with. */
  readonly promised?: Promised;
  /** What it was made of: the control, the sizes, the counts. */
  readonly from: string;
}

export type Verdict = 'stretch' | 'met' | 'not met' | '';

export const verdictOf = ({ value, promised }: Figure): Verdict => {
  if (!promised) return '';
  const { direction, bar, stretch } = promised;
  const reaches = (limit: number): boolean => (direction === 'atMost' ? value <= limit : value >= limit);
  return reaches(stretch) ? 'stretch' : reaches(bar) ? 'met' : 'not met';
};

export const atMost = (bar: number, stretch: number): Promised => ({ direction: 'atMost', bar, stretch });
export const atLeast = (bar: number, stretch: number): Promised => ({ direction: 'atLeast', bar, stretch });

/** Three figures of what is small, thousands grouped in what is large. */
export const plain = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en-GB') : String(Number(value.toPrecision(3)));

const limit = (promised: Promised | undefined, which: 'bar' | 'stretch'): string =>
  promised ? `${promised.direction === 'atMost' ? '≤' : '≥'} ${plain(promised[which])}` : '';

export const printFigures = (figures: readonly Figure[]): void => {
  const table = new Console(process.stdout);
  table.table(
    figures.map((figure) => ({
      figure: figure.name,
      value: `${plain(figure.value)} ${figure.unit}`,
      bar: limit(figure.promised, 'bar'),
      stretch: limit(figure.promised, 'stretch'),
      is: verdictOf(figure),
      from: figure.from,
    })),
  );
};

/** The figures as they are kept: each with its verdict. */
export const asJson = (figures: readonly Figure[], machine: Record<string, unknown>): string =>
  `${JSON.stringify({ machine, figures: figures.map((figure) => ({ ...figure, verdict: verdictOf(figure) })) }, null, 2)}\n`;
