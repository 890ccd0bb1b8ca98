import { joined, type RowList } from "./row-lists.ts";

/** Lists shorter than this are read again as quickly as they are found here. */
const WORTH_KEEPING = 500;

interface Kept {
  rows: RowList;
  /** Every row up to this one was looked at. */
  upTo: number;
}

/**
 * The row lists of conditions that many questions share: the common words. Rows only ever come at the end (see `SqliteIndex`), so that a
 * kept list is made whole by what came after it, and never has to be thrown away for a change.
 */
export class KeptRows {
  readonly #read: (match: string, after: number) => RowList;
  readonly #mostRows: number;
  readonly #kept = new Map<string, Kept>();
  #rows = 0;

  /**
   * @param read row numbers above `after` that satisfy a condition, ascending
   * @param mostRows kept in all, 4 bytes each; whichever list was not asked for the longest goes first
   */
  constructor(read: (match: string, after: number) => RowList, mostRows = 8_000_000) {
    this.#read = read;
    this.#mostRows = mostRows;
  }

  /**
   * @param last the highest row that the asker knows of; the answer may hold rows beyond it
   * @param first how a list is come by that is not kept
   */
  rows(match: string, last: number, first = () => this.#read(match, 0)): RowList {
    const known = this.#kept.get(match);
    if (!known) return this.#keep(match, first(), last);
    if (known.upTo >= last) {
      this.#kept.delete(match);
      this.#kept.set(match, known);
      return known.rows;
    }
    const news = this.#read(match, known.upTo);
    const rows = joined(known.rows, news);
    this.#forget(match, known);
    return this.#keep(match, rows, last);
  }

  #keep(match: string, rows: RowList, last: number): RowList {
    if (rows.length < WORTH_KEEPING || rows.length > this.#mostRows / 4) return rows;
    this.#kept.set(match, { rows, upTo: Math.max(last, rows.at(-1) ?? 0) });
    this.#rows += rows.length;
    for (const [oldest, { rows: gone }] of this.#kept) {
      if (this.#rows <= this.#mostRows) break;
      this.#kept.delete(oldest);
      this.#rows -= gone.length;
    }
    return rows;
  }

  #forget(match: string, known: Kept): void {
    this.#kept.delete(match);
    this.#rows -= known.rows.length;
  }
}
