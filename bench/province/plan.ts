/** The province in numbers: how big each studio is, and who sits where. Pure, so that a second look finds the same. */
export const STUDIOS = 821;
export const PROVINCIAL = 266;
export const PEOPLE = 400_000;
export const SEATS = 500_000;
export const LARGEST = 12_500;
export const RESOURCES = 38_000;

/** Sizes after Zipf's law with the largest given: the exponent is found so that all of them together are the seats. Largest first. */
export function studioSizes(studios = STUDIOS, seats = SEATS, largest = LARGEST): number[] {
  const sizes = (exponent: number) => Array.from({ length: studios }, (_, rank) => Math.max(12, Math.round(largest / (rank + 1) ** exponent)));
  const total = (exponent: number) => sizes(exponent).reduce((sum, size) => sum + size, 0);
  let [low, high] = [0.1, 3];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (total(middle) > seats) low = middle;
    else high = middle;
  }
  const found = sizes(high);
  // What rounding left over is spread over the middle of the field, so that the largest stays the largest.
  let missing = seats - found.reduce((sum, size) => sum + size, 0);
  for (let at = Math.floor(studios / 3); missing > 0; at = at + 1 < studios ? at + 1 : Math.floor(studios / 3), missing -= 1) found[at] = (found[at] ?? 0) + 1;
  return found;
}

/** The person on the nth seat of the province: everybody has one, the first hundred thousand of a stride have a second in another studio. */
export function personOnSeat(seat: number, people = PEOPLE): number {
  return seat < people ? seat : ((seat - people) * 3 + 1) % people;
}

/** The letters of a time at which nobody wrote anything. */
const TIME = "01K0000000";
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A ULID that says by its letters what it names, and rises with the number. */
export function provinceId(kind: string, number: number): string {
  let digits = "";
  for (let rest = number; digits.length < 8; rest = Math.floor(rest / 32)) digits = (ALPHABET[rest % 32] ?? "0") + digits;
  return `${TIME}${kind.toUpperCase().replace(/[ILOU]/g, "0").padEnd(8, "0").slice(0, 8)}${digits}`;
}

export function isOfProvince(id: string): boolean {
  return id.startsWith(TIME);
}
