import type { Rectangle } from 'electron';

/** Smallest window, in display pixels: three panes fit in it. */
export const SMALLEST = { width: 1024, height: 700 } as const;

const USUAL = { width: 1440, height: 900 } as const;

/** At least this much of the window must lie on a display, in each direction, so that it can be grasped. */
const GRASP = 80;

const overlap = (start: number, length: number, otherStart: number, otherLength: number): number =>
  Math.min(start + length, otherStart + otherLength) - Math.max(start, otherStart);

const isReachable = (bounds: Rectangle, display: Rectangle): boolean =>
  overlap(bounds.x, bounds.width, display.x, display.width) >= GRASP &&
  overlap(bounds.y, bounds.height, display.y, display.height) >= GRASP;

/**
 * Where a window opens: where it was, if that can still be reached; else in the middle, in its last or the usual size.
 * @param displays work areas of the displays that are connected now
 */
export const openingBounds = (
  remembered: Rectangle | null,
  displays: readonly Rectangle[],
): Partial<Rectangle> & { width: number; height: number } => {
  if (!remembered) return { ...USUAL };
  const width = Math.max(SMALLEST.width, remembered.width);
  const height = Math.max(SMALLEST.height, remembered.height);
  const bounds = { x: remembered.x, y: remembered.y, width, height };
  return displays.some((display) => isReachable(bounds, display)) ? bounds : { width, height };
};
