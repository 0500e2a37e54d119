/** Leaves `start` to `start + length - 1`, a range that RFC 9162's splitting makes. Numbers below 2^53. */
export interface LeafRange {
  readonly start: number;
  readonly length: number;
}

/** The subtree over the 2^level leaves from index × 2^level. */
export interface SubtreePlace {
  readonly level: number;
  readonly index: number;
}

/** Largest power of two smaller than `size` (RFC 9162 section 2.1.1: k < n ≤ 2k). Precondition: `size` ≥ 2. */
const splitPoint = (size: number): number => {
  let point = 1;
  while (point * 2 < size) point *= 2;
  return point;
};

/**
 * RFC 9162 section 2.1.3.1: the ranges whose hashes lead from leaf `index` to the root over `size` leaves, the leaf's
 * sibling first.
 * @throws RangeError unless 0 ≤ index < size
 */
export const inclusionPath = (index: number, size: number): LeafRange[] => {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) {
    throw new RangeError('no such leaf in a tree of that size');
  }
  const path: LeafRange[] = [];
  let start = 0;
  let length = size;
  while (length > 1) {
    const left = splitPoint(length);
    if (index - start < left) {
      path.push({ start: start + left, length: length - left });
      length = left;
    } else {
      path.push({ start, length: left });
      start += left;
      length -= left;
    }
  }
  return path.reverse();
};

/**
 * RFC 9162 section 2.1.4.1: the ranges whose hashes prove that the tree over `size` leaves continues the one over
 * `oldSize`. Empty when both are the same.
 * @throws RangeError unless 1 ≤ oldSize ≤ size: every tree continues the empty one, so that proves nothing
 */
export const consistencyPath = (oldSize: number, size: number): LeafRange[] => {
  if (!Number.isSafeInteger(oldSize) || !Number.isSafeInteger(size) || oldSize < 1 || oldSize > size) {
    throw new RangeError('there is no consistency proof between these sizes');
  }
  const path: LeafRange[] = [];
  let start = 0;
  let length = size;
  while (start + length !== oldSize) {
    const left = splitPoint(length);
    if (oldSize - start <= left) {
      path.push({ start: start + left, length: length - left });
      length = left;
    } else {
      path.push({ start, length: left });
      start += left;
      length -= left;
    }
  }
  // The verifier knows the old tree's root: a subtree that begins at leaf 0 is that whole tree.
  if (start > 0) path.push({ start, length });
  return path.reverse();
};

/** The complete subtrees that a range is made of, the largest (leftmost) first. */
export const completeSubtrees = ({ start, length }: LeafRange): SubtreePlace[] => {
  const places: SubtreePlace[] = [];
  let width = 1;
  let level = 0;
  while (width * 2 <= length) {
    width *= 2;
    level += 1;
  }
  for (let from = start, left = length; left > 0; width /= 2, level -= 1) {
    if (width > left) continue;
    places.push({ level, index: from / width });
    from += width;
    left -= width;
  }
  return places;
};
