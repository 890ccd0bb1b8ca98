/**
 * Plain content of a plan section, from which the server makes the document: paragraphs, small headings, lists, tables.
 * The strings carry inline `**bold**` and nothing else. The first row of a table is its header.
 */
export type Block =
  | { p: string }
  | { h: string }
  | { ul: readonly string[] }
  | { ol: readonly string[] }
  | { table: readonly (readonly string[])[] };
