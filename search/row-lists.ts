/** Lists of row numbers, ascending, each once. */
export type RowList = Uint32Array;

const NONE: RowList = new Uint32Array(0);
/** To look a row up in a list takes as long as to walk past so many. */
const LOOK_UP = 20;

export function has(list: RowList, row: number): boolean {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]! < row) low = middle + 1;
    else high = middle;
  }
  return list[low] === row;
}

/** Whether so many rows are sooner looked up in a list than the list is walked through. */
export function soonerLookedUp(rows: number, list: RowList): boolean {
  return rows * LOOK_UP < list.length;
}

export function inBoth(one: RowList, other: RowList): RowList {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (soonerLookedUp(short.length, long)) return short.filter((row) => has(long, row));
  const both = new Uint32Array(short.length);
  let count = 0;
  for (let at = 0, beside = 0; at < short.length; at++) {
    const row = short[at]!;
    while (beside < long.length && long[beside]! < row) beside++;
    if (long[beside] === row) both[count++] = row;
  }
  return both.subarray(0, count);
}

/** One of the two as it is when the other is empty. */
export function inEither(one: RowList, other: RowList): RowList {
  if (one.length === 0 || other.length === 0) return one.length === 0 ? other : one;
  const either = new Uint32Array(one.length + other.length);
  let count = 0;
  let [at, beside] = [0, 0];
  while (at < one.length && beside < other.length) {
    const [row, next] = [one[at]!, other[beside]!];
    if (row <= next) at++;
    if (next <= row) beside++;
    either[count++] = row < next ? row : next;
  }
  for (; at < one.length; at++) either[count++] = one[at]!;
  for (; beside < other.length; beside++) either[count++] = other[beside]!;
  return either.subarray(0, count);
}

/** All of one list and behind it all of another, whose rows come later. */
export function joined(one: RowList, later: RowList): RowList {
  if (later.length === 0) return one;
  const all = new Uint32Array(one.length + later.length);
  all.set(one);
  all.set(later, one.length);
  return all;
}

/** A bit for each row there is, from row 0 on: small for lists that have a good part of the rows. */
export function packed(list: RowList): Uint8Array {
  const bits = new Uint8Array(((list.at(-1) ?? 0) >> 3) + 1);
  for (const row of list) bits[row >> 3]! |= 1 << (row & 7);
  return bits;
}

/** Whether a row is in a packed list. */
export function holds(bits: Uint8Array, row: number): boolean {
  return ((bits[row >> 3] ?? 0) & (1 << (row & 7))) !== 0;
}

export function unpacked(bits: Uint8Array): RowList {
  let count = 0;
  for (const byte of bits) count += ones[byte]!;
  if (count === 0) return NONE;
  const list = new Uint32Array(count);
  let at = 0;
  for (let index = 0; index < bits.length; index++) {
    for (let rest = bits[index]!, first = index << 3; rest !== 0; rest &= rest - 1) list[at++] = first + 31 - Math.clz32(rest & -rest);
  }
  return list;
}

const ones = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll("0", "").length);
