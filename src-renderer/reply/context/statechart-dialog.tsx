import { useMemo } from 'react';
import type { AnyStateMachine, StateValue } from 'xstate';
import { replyMachine } from '#workflows/reply/reply.machine.ts';
import { pathsOf } from '#workflows/step.ts';
import { Dialog } from '../../design/dialog.tsx';
import { useWords, type Words } from '../../words/use-words.ts';
import { arrowKey, layOut, type Point } from './lay-out.ts';
import './statechart.css';

interface ChartNode {
  readonly id: string;
  readonly label: string;
  readonly isCurrent: boolean;
}

interface ChartEdge {
  readonly from: string;
  readonly to: string;
  readonly events: readonly string[];
}

type StateNode = AnyStateMachine['root'];

const isPassing = (node: StateNode): boolean => (node.meta as { isPassing?: boolean } | undefined)?.isPassing === true;

/** Where an event leads in the end: a state that is left in the same step is not drawn, its ways on are. */
const targetsOf = (node: StateNode): StateNode[] => {
  if (!isPassing(node)) return [node];
  return node.always?.flatMap((transition) => (transition.target ?? []).flatMap((target) => targetsOf(target))) ?? [];
};

const stateKey = (node: StateNode): string => node.path.slice(1).join('.');

/** The state of the main region that a node lies in: the chart draws one box for each. */
const boxOf = (node: StateNode): StateNode => (node.path.length <= 2 || !node.parent ? node : boxOf(node.parent));

const inWords = (say: Words, prefix: 'reply.state' | 'statechart.event', name: string): string => {
  const key = `${prefix}.${name}`;
  return say.has(key) ? say(key) : name;
};

/** Boxes and arrows of the machine's main region, read from the machine itself. */
const chartOf = (say: Words, value: StateValue): { nodes: ChartNode[]; edges: ChartEdge[] } => {
  const work = replyMachine.root.states.work as unknown as StateNode;
  const current = new Set(pathsOf(value));
  const boxes = Object.values<StateNode>(work.states);
  const nodes = boxes
    .filter((node) => !isPassing(node))
    .map((node): ChartNode => ({
      id: stateKey(node),
      label: inWords(say, 'reply.state', stateKey(node)),
      isCurrent: current.has(`work.${stateKey(node)}`),
    }));
  const events = new Map<string, Set<string>>();
  const walk = (node: StateNode): void => {
    for (const [event, transitions] of node.transitions) {
      for (const transition of transitions) {
        for (const target of (transition.target ?? []).flatMap((entry) => targetsOf(entry))) {
          const from = stateKey(boxOf(node));
          const to = stateKey(boxOf(target));
          if (from === to || from === '' || to === '') continue;
          const key = `${from}>${to}`;
          events.set(key, (events.get(key) ?? new Set()).add(event.startsWith('xstate.') ? '' : event));
        }
      }
    }
    for (const child of Object.values<StateNode>(node.states)) walk(child);
  };
  for (const node of boxes) if (!isPassing(node)) walk(node);
  const edges = [...events].map(([key, names]): ChartEdge => {
    const [from = '', to = ''] = key.split('>');
    return {
      from,
      to,
      events: [...names].filter((name) => name !== '').map((name) => inWords(say, 'statechart.event', name)),
    };
  });
  return { nodes, edges };
};

const BOX = { width: 112, height: 30 };
const ORIGIN: Point = { x: 0, y: 0 };

const pathOf = (points: readonly Point[]): string =>
  points
    .map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${String(Math.round(x))} ${String(Math.round(y))}`)
    .join(' ');

/** A chart that is larger than the dialog opens where the reply stands. */
const bringIntoSight = (box: SVGGElement | null): void => {
  box?.scrollIntoView({ block: 'center', inline: 'center' });
};

/** The whole statechart, drawn from the machine, with the current state lit. */
export const StatechartDialog = ({
  value,
  isOpen,
  onClose,
}: {
  value: unknown;
  isOpen: boolean;
  onClose: () => void;
}) => {
  const say = useWords();
  const chart = useMemo(() => {
    const { nodes, edges } = chartOf(say, value as StateValue);
    const { width, height, boxes, lines } = layOut(
      nodes.map(({ id }) => id),
      edges,
      BOX,
    );
    return {
      width,
      height,
      nodes: nodes.map((node) => ({ ...node, ...(boxes.get(node.id) ?? ORIGIN) })),
      edges: edges.map((edge) => ({ ...edge, points: lines.get(arrowKey(edge.from, edge.to)) ?? [] })),
    };
  }, [say, value]);
  const current = chart.nodes.find(({ isCurrent }) => isCurrent);
  const onward = chart.edges.filter(({ from }) => from === current?.id);
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={say('statechart.title')} size={1360}>
      <p className="soft">
        {say('statechart.now', { state: current?.label ?? '' })}{' '}
        {onward.length > 0
          ? say('statechart.onward', {
              states: onward.map(({ to }) => chart.nodes.find(({ id }) => id === to)?.label ?? to),
            })
          : ''}
      </p>
      <div className="statechart" tabIndex={0} role="group" aria-label={say('statechart.title')}>
        <svg
          viewBox={`0 0 ${String(chart.width)} ${String(chart.height)}`}
          width={chart.width}
          height={chart.height}
          role="img"
          aria-label={say('statechart.now', { state: current?.label ?? '' })}
        >
          <defs>
            <marker
              id="arrow"
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="7"
              markerHeight="7"
              orient="auto-start-reverse"
            >
              <path d="M0 0.8 7 4 0 7.2z" className="arrow" />
            </marker>
          </defs>
          {chart.edges.map(({ from, to, points, events }) => (
            <path
              key={`${from}-${to}`}
              d={pathOf(points)}
              className={`edge ${from === current?.id ? 'onward' : ''}`}
              markerEnd="url(#arrow)"
            >
              <title>{events.join(', ')}</title>
            </path>
          ))}
          {chart.nodes.map(({ id, label, isCurrent, x, y }) => (
            <g
              key={id}
              transform={`translate(${String(x - BOX.width / 2)} ${String(y - BOX.height / 2)})`}
              className={isCurrent ? 'box current' : 'box'}
              ref={isCurrent ? bringIntoSight : undefined}
            >
              <rect width={BOX.width} height={BOX.height} rx="6" />
              <text x={BOX.width / 2} y={BOX.height / 2} dominantBaseline="central" textAnchor="middle">
                {isCurrent ? `● ${label}` : label}
              </text>
            </g>
          ))}
        </svg>
      </div>
    </Dialog>
  );
};
