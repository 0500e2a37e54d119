/**
 * The edit distance as the textbooks define it, by recursion over what is left of both: slow, and plain enough to be
 * believed. Insert, remove and replace cost one each.
 */
export const slowEditDistance = (from: readonly string[], to: readonly string[]): number => {
  const [first, ...restOfFrom] = from;
  const [second, ...restOfTo] = to;
  if (first === undefined) return to.length;
  if (second === undefined) return from.length;
  if (first === second) return slowEditDistance(restOfFrom, restOfTo);
  return (
    1 +
    Math.min(slowEditDistance(restOfFrom, to), slowEditDistance(from, restOfTo), slowEditDistance(restOfFrom, restOfTo))
  );
};
