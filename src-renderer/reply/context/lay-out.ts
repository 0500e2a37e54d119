import { Graph, layout } from '@dagrejs/dagre';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Laid {
  readonly width: number;
  readonly height: number;
  /** Middle of each box. */
  readonly boxes: ReadonlyMap<string, Point>;
  /** Line of each arrow, by `from>to`. */
  readonly lines: ReadonlyMap<string, readonly Point[]>;
}

export const arrowKey = (from: string, to: string): string => `${from}>${to}`;

/** Finds places for boxes of one size and arrows between them, from the left to the right. */
export const layOut = (
  ids: readonly string[],
  arrows: readonly { readonly from: string; readonly to: string }[],
  box: { readonly width: number; readonly height: number },
): Laid => {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 14, ranksep: 44, marginx: 8, marginy: 8 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const id of ids) graph.setNode(id, { ...box });
  for (const { from, to } of arrows) graph.setEdge(from, to);
  layout(graph);
  const size = graph.graph() as { width?: number; height?: number };
  return {
    width: size.width ?? 0,
    height: size.height ?? 0,
    boxes: new Map(ids.map((id) => [id, graph.node(id) as Point])),
    lines: new Map(
      arrows.map(({ from, to }) => [arrowKey(from, to), (graph.edge(from, to) as { points: readonly Point[] }).points]),
    ),
  };
};
