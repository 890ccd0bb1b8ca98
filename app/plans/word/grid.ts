import type { Cell, Row } from "./blocks.ts";
import { isEmpty, wordsOf } from "./blocks.ts";
import type { BlockNode, TableNode } from "./nodes.ts";
import { paragraph, table, tableCell, tableRow } from "./nodes.ts";

/**
 * Rows cut out of a Word table as a table of their own. Word's grid is finer than what one sees (a layout of twelve columns for
 * two cells): only the borders that these rows use are kept. A cell that reached below the last row ends there.
 */
export function tableOf(rows: readonly Row[], blocksOf: (cell: Cell) => BlockNode[]): TableNode {
  const borders = [...new Set(rows.flatMap((row) => row.cells.flatMap((cell) => [cell.column, cell.column + cell.colSpan])))].sort((a, b) => a - b);
  const at = (border: number) => borders.indexOf(border);
  /** Per row, which columns a cell from above covers. */
  const covered = rows.map(() => new Set<number>());
  for (const [index, row] of rows.entries()) {
    for (const cell of row.cells) {
      for (let below = index + 1; below < Math.min(rows.length, index + cell.rowSpan); below += 1) {
        for (let column = at(cell.column); column < at(cell.column + cell.colSpan); column += 1) covered[below]?.add(column);
      }
    }
  }
  return table(
    rows.map((row, index) => {
      const cells = [];
      let column = 0;
      const fill = (until: number) => {
        for (; column < until; column += 1) if (!covered[index]?.has(column)) cells.push(tableCell([paragraph([])], { header: row.header }));
      };
      for (const cell of row.cells) {
        fill(at(cell.column));
        const end = at(cell.column + cell.colSpan);
        const children = blocksOf(cell);
        cells.push(tableCell(children.length > 0 ? children : [paragraph([])], { header: row.header, colSpan: Math.max(1, end - column), rowSpan: Math.min(cell.rowSpan, rows.length - index) }));
        column = Math.max(column, end);
      }
      fill(borders.length - 1);
      return tableRow(cells);
    }),
  );
}

/** Whether two rows are cut at the same places. */
export function sameCut(one: Row, other: Row): boolean {
  return one.cells.length === other.cells.length && one.cells.every((cell, at) => cell.column === other.cells[at]?.column && cell.colSpan === other.cells[at].colSpan);
}

/** The words of a cell in one line. */
export function cellWords(cell: Cell): string {
  return wordsOf(cell.blocks).replace(/\s+/g, " ").trim();
}

/** Cells without those at the end that hold nothing. */
export function withoutEmptyEnd(cells: readonly Cell[]): Cell[] {
  const kept = [...cells];
  for (let last = kept.at(-1); last && isEmpty(last.blocks); last = kept.at(-1)) kept.pop();
  return kept;
}
