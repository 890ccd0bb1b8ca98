import type { DocumentKind, FacetCounts, FacetName } from "./engine.ts";
import { facetNames } from "./engine.ts";

/**
 * What filters, counts and orders documents, held in memory as columns by row number (about 70 bytes a document), because reading it from
 * tables for each of 100,000 matches takes a hundred times longer. The file stays the truth: columns are read from it and follow it.
 */
export class Columns {
  private alive = new Uint8Array(0);
  private standing = new Float32Array(0);
  private readonly access = new SetColumn<number>();
  private readonly facets = new Map<FacetName, SetColumn<string>>(facetNames.map((name) => [name, new SetColumn<string>()]));
  private generation = 0;
  private seen = new Uint32Array(0);
  /** Highest row number known. */
  last = 0;
  count = 0;

  add(row: number, entry: ColumnEntry): void {
    this.grow(row + 1);
    if (!this.alive[row]) this.count++;
    this.alive[row] = 1;
    this.standing[row] = standingOf(entry);
    this.access.put(row, entry.accessIds);
    for (const [name, column] of this.facets) column.put(row, name === "kind" ? [entry.kind] : listed(entry.facets[name]));
    this.last = Math.max(this.last, row);
  }

  remove(row: number): void {
    if (!this.alive[row]) return;
    this.alive[row] = 0;
    this.count--;
  }

  /** All of it, for a file. */
  *saved(): Iterable<SavedColumn> {
    yield { name: ALIVE, cells: this.alive.slice(0, this.last + 1), sets: [] };
    yield { name: STANDING, cells: bytesOf(this.standing, this.last), sets: [] };
    for (const [name, column] of this.named()) yield { name, cells: bytesOf(column.cells, this.last), sets: column.sets };
  }

  /** Takes what was saved in place of what it holds. */
  restore(saved: Iterable<SavedColumn>, last: number): void {
    const columns = new Map<string, SetColumn<string> | SetColumn<number>>(this.named());
    for (const { name, cells, sets } of saved) {
      if (name === ALIVE) this.alive = new Uint8Array(copied(cells));
      else if (name === STANDING) this.standing = new Float32Array(copied(cells));
      // What is stored under the name of a column is what that column gave.
      else (columns.get(name) as SetColumn<string | number> | undefined)?.restore(new Uint32Array(copied(cells)), sets);
    }
    this.seen = new Uint32Array(this.alive.length);
    this.last = last;
    this.count = this.alive.reduce((sum, alive) => sum + alive, 0);
  }

  standingAt(row: number): number {
    return this.standing[row]!;
  }

  /** All rows there are, for a query without words. */
  *rows(): Iterable<number> {
    for (let row = 1; row <= this.last; row++) if (this.alive[row]) yield row;
  }

  /** Of these rows those that the person may know of, of these kinds, each once. Comes before anything is counted. */
  visible(rows: Iterable<number>, accessIds: readonly number[], kinds: readonly DocumentKind[] | undefined): number[] {
    const mayKnow = this.access.having(accessIds);
    const kind = this.facets.get("kind")!;
    const asked = kinds ? kind.having(kinds) : undefined;
    this.generation++;
    const visible: number[] = [];
    for (const row of rows) {
      if (!this.alive[row] || this.seen[row] === this.generation) continue;
      this.seen[row] = this.generation;
      if (mayKnow[this.access.at(row)] && (!asked || asked[kind.at(row)])) visible.push(row);
    }
    return visible;
  }

  /** Rows that pass all filters, and the counts of each facet with its own filter lifted. */
  narrow(rows: readonly number[], filters: Filters, counted: readonly FacetName[]): { rows: readonly number[]; facetCounts: FacetCounts } {
    const gates = Object.entries(filters).flatMap(([name, values]) => {
      // Object.entries forgets the key type.
      const column = this.facets.get(name as FacetName);
      return column && values?.length ? [{ column, pass: column.having(values) }] : [];
    });
    const tallies = counted.flatMap((name) => {
      const column = this.facets.get(name);
      return column ? [{ name, column, gate: gates.findIndex((gate) => gate.column === column), tally: new Uint32Array(column.sets.length) }] : [];
    });
    if (gates.length === 0 && tallies.length === 0) return { rows, facetCounts: {} };
    const passing: number[] = [];
    for (const row of rows) {
      let failed = -1;
      let failures = 0;
      for (let index = 0; index < gates.length; index++) {
        const gate = gates[index]!;
        if (gate.pass[gate.column.at(row)]) continue;
        failed = index;
        if (++failures > 1) break;
      }
      if (failures > 1) continue;
      if (failures === 0) passing.push(row);
      for (const { column, gate, tally } of tallies) if (failures === 0 || gate === failed) tally[column.at(row)]!++;
    }
    return { rows: passing, facetCounts: Object.fromEntries(tallies.map(({ name, column, tally }) => [name, column.spread(tally)])) };
  }

  private named(): [string, SetColumn<string> | SetColumn<number>][] {
    return [["access", this.access], ...this.facets];
  }

  private grow(length: number): void {
    if (length <= this.alive.length) return;
    const capacity = Math.max(length, Math.ceil(this.alive.length * 1.5), 1024);
    this.alive = enlarged(this.alive, new Uint8Array(capacity));
    this.standing = enlarged(this.standing, new Float32Array(capacity));
    this.seen = enlarged(this.seen, new Uint32Array(capacity));
  }
}

export type Filters = { readonly [name in FacetName]?: readonly string[] | undefined };

export interface SavedColumn {
  name: string;
  /** As it lies in memory, from row 0 to the last. */
  cells: Uint8Array;
  /** What the cells are numbers of. */
  sets: readonly (readonly (string | number)[])[];
}

const [ALIVE, STANDING] = ["alive", "standing"];

export interface ColumnEntry {
  kind: DocumentKind;
  accessIds: readonly number[];
  facets: { readonly [name: string]: string | readonly string[] | undefined };
  title: string;
  publishedAt: number;
  quality: number;
}

const decades = 30 * 365 * 86_400_000;
const since = Date.UTC(2010, 0, 1);

/** 0 to 2: taken up often, recent, short in title. Decides between documents that match alike. */
export function standingOf({ title, publishedAt, quality }: Pick<ColumnEntry, "title" | "publishedAt" | "quality">): number {
  const taken = Math.min(1, Math.log1p(Math.max(0, quality)) / Math.log(1000));
  const recent = Math.min(1, Math.max(0, (publishedAt - since) / decades));
  return taken * 0.8 + recent * 0.7 + 2 / (4 + title.length);
}

/** A column whose cells are sets of values; equal sets are stored once, so that each cell is one number. */
class SetColumn<Value extends string | number> {
  readonly sets: (readonly Value[])[] = [[]];
  private readonly numbers = new Map<string, number>([["", 0]]);
  private readonly holders = new Map<Value, number[]>();
  cells = new Uint32Array(0);

  at(row: number): number {
    return this.cells[row]!;
  }

  put(row: number, values: readonly Value[]): void {
    if (row >= this.cells.length) this.cells = enlarged(this.cells, new Uint32Array(Math.max(row + 1, Math.ceil(this.cells.length * 1.5), 1024)));
    this.cells[row] = this.numberOf(values.length > 1 ? [...new Set(values)].sort() : values);
  }

  /** For a column that holds nothing yet. */
  restore(cells: Uint32Array<ArrayBuffer>, sets: readonly (readonly Value[])[]): void {
    this.cells = cells;
    for (const set of sets) this.numberOf(set);
  }

  /** For each set whether it has any of the values. */
  having(values: readonly Value[]): Uint8Array {
    const having = new Uint8Array(this.sets.length);
    for (const value of values) for (const set of this.holders.get(value) ?? []) having[set] = 1;
    return having;
  }

  /** Counts by set as counts by value. */
  spread(tally: Uint32Array): Record<string, number> {
    const counts = new Map<string, number>();
    tally.forEach((times, set) => {
      if (times) for (const value of this.sets[set]!) counts.set(String(value), (counts.get(String(value)) ?? 0) + times);
    });
    return Object.fromEntries(counts);
  }

  private numberOf(values: readonly Value[]): number {
    const key = values.length > 1 ? JSON.stringify(values) : values.length === 1 ? `=${values[0]}` : "";
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const number = this.sets.push(values) - 1;
    this.numbers.set(key, number);
    for (const value of values) {
      const holders = this.holders.get(value);
      if (holders) holders.push(number);
      else this.holders.set(value, [number]);
    }
    return number;
  }
}

function bytesOf({ buffer }: Float32Array | Uint32Array, last: number): Uint8Array {
  return new Uint8Array(buffer).subarray(0, (last + 1) * 4);
}

/** A buffer of its own, that begins where numbers may begin. */
function copied(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

function listed(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === "string" ? [value] : value;
}

function enlarged<T extends Uint8Array | Uint32Array | Float32Array>(old: T, larger: T): T {
  larger.set(old);
  return larger;
}
