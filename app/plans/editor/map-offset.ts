/** Where an offset lies in the changed text, and whether the characters on both its sides are still there. */
export interface MappedOffset {
  offset: number;
  leftKept: boolean;
  rightKept: boolean;
}

/** Beyond so many differences (insertions and deletions) the middle counts as rewritten: the search is quadratic in them. */
const MOST_DIFFERENCES = 800;

/**
 * Follows an offset of `before` into `after` by Myers' diff: to the place behind its left neighbour, else before its right one
 * (the other way round with `preferRight`), else to where the last kept character before it ends.
 * Source: E. W. Myers, An O(ND) difference algorithm and its variations, 1986.
 */
export function mapOffset(before: string, after: string, offset: number, preferRight = false): MappedOffset {
  const head = commonHead(before, after);
  const tail = commonTail(before, after, head);
  const shift = after.length - before.length;
  const kept = offset < head || offset > before.length - tail
    ? new Map<number, number>()
    : keptCharacters(before.slice(head, before.length - tail), after.slice(head, after.length - tail));
  const placeOf = (character: number): number | undefined => {
    if (character < 0 || character >= before.length) return undefined;
    if (character < head) return character;
    if (character >= before.length - tail) return character + shift;
    const inMiddle = kept.get(character - head);
    return inMiddle === undefined ? undefined : inMiddle + head;
  };
  const left = placeOf(offset - 1);
  const right = placeOf(offset);
  const found = { leftKept: left !== undefined, rightKept: right !== undefined };
  if (left !== undefined && !(preferRight && right !== undefined)) return { offset: left + 1, ...found };
  if (right !== undefined) return { offset: right, ...found };
  let end = head;
  for (const [from, to] of kept) if (from + head < offset) end = Math.max(end, to + head + 1);
  return { offset: end, ...found };
}

function commonHead(a: string, b: string): number {
  let n = 0;
  while (n < a.length && n < b.length && a[n] === b[n]) n++;
  return n;
}

function commonTail(a: string, b: string, head: number): number {
  let n = 0;
  while (n < a.length - head && n < b.length - head && a[a.length - 1 - n] === b[b.length - 1 - n]) n++;
  return n;
}

/** A longest common subsequence: from the index of each kept character in `a` to its index in `b`. Empty when there are too many differences. */
function keptCharacters(a: string, b: string): Map<number, number> {
  const rounds = furthestReaching(a, b);
  const kept = new Map<number, number>();
  if (!rounds) return kept;
  let x = a.length;
  let y = b.length;
  for (let d = rounds.length - 1; d >= 0; d--) {
    const reached = rounds[d];
    const from = d === 0 || !reached ? { x: 0, y: 0 } : stepBefore(reached, x - y, d);
    while (x > from.x && y > from.y) {
      x--;
      y--;
      kept.set(x, y);
    }
    x = from.x;
    y = from.y;
  }
  return kept;
}

/** For each number of differences, how far each diagonal could be reached before it; undefined when there are too many differences. */
function furthestReaching(a: string, b: string): Map<number, number>[] | undefined {
  const rounds: Map<number, number>[] = [];
  let reached = new Map([[1, 0]]);
  for (let d = 0; d <= Math.min(a.length + b.length, MOST_DIFFERENCES); d++) {
    rounds.push(reached);
    const next = new Map<number, number>();
    for (let k = -d; k <= d; k += 2) {
      let x = goesDown(reached, k, d) ? (reached.get(k + 1) ?? 0) : (reached.get(k - 1) ?? 0) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      next.set(k, x);
      if (x >= a.length && x - k >= b.length) return rounds;
    }
    reached = next;
  }
  return undefined;
}

function stepBefore(reached: Map<number, number>, k: number, d: number): { x: number; y: number } {
  const diagonal = goesDown(reached, k, d) ? k + 1 : k - 1;
  const x = reached.get(diagonal) ?? 0;
  return { x, y: x - diagonal };
}

function goesDown(reached: Map<number, number>, k: number, d: number): boolean {
  return k === -d || (k !== d && (reached.get(k - 1) ?? -1) < (reached.get(k + 1) ?? -1));
}
