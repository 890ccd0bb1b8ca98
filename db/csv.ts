export interface CsvProblem {
  /** 1-based line of the file on which the trouble begins. */
  line: number;
  message: "quote_in_bare_field" | "text_after_quote" | "quote_not_closed";
}

/**
 * Reads comma-separated text after RFC 4180: quoted fields may hold commas, doubled quotes and line breaks; a byte-order mark,
 * CR, LF and CRLF are accepted; empty lines are skipped. Never throws: what is wrong is reported and the rest is still read,
 * so that an import can show every faulty line at once.
 *
 * @returns rows as they stand, the header among them, and the problems in order of their lines
 */
export function parseCsv(text: string): { rows: string[][]; errors: CsvProblem[] } {
  const { rows, errors } = parseNumberedCsv(text);
  return { rows: rows.map((row) => row.fields), errors };
}

/** The same, each row with the line on which it begins: line breaks inside quotes make the two counts differ. */
export function parseNumberedCsv(text: string): { rows: { line: number; fields: string[] }[]; errors: CsvProblem[] } {
  const rows: { line: number; fields: string[] }[] = [];
  const errors: CsvProblem[] = [];
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const begun = line;
    const fields: string[] = [];
    for (;;) {
      const field = text[at] === '"' ? quotedField(text, at, line) : bareField(text, at, line);
      fields.push(field.value);
      if (field.problem) errors.push(field.problem);
      at = field.end;
      line = field.line;
      if (text[at] !== ",") break;
      at += 1;
    }
    if (text[at] === "\r" && text[at + 1] === "\n") at += 1;
    at += 1;
    line += 1;
    if (fields.length > 1 || fields[0] !== "") rows.push({ line: begun, fields });
  }
  return { rows, errors };
}

interface Field {
  value: string;
  /** Where the comma, the line break or the end of the text stands. */
  end: number;
  line: number;
  problem?: CsvProblem;
}

function bareField(text: string, start: number, line: number): Field {
  const end = endOfField(text, start);
  const value = text.slice(start, end);
  return value.includes('"') ? { value, end, line, problem: { line, message: "quote_in_bare_field" } } : { value, end, line };
}

function quotedField(text: string, start: number, line: number): Field {
  const begun = line;
  let value = "";
  let at = start + 1;
  while (at < text.length) {
    const char = text[at];
    if (char === '"' && text[at + 1] === '"') {
      value += '"';
      at += 2;
    } else if (char === '"') {
      const end = endOfField(text, at + 1);
      const rest = text.slice(at + 1, end);
      return rest === "" ? { value, end, line } : { value: value + rest, end, line, problem: { line, message: "text_after_quote" } };
    } else {
      if (char === "\n" || (char === "\r" && text[at + 1] !== "\n")) line += 1;
      value += char;
      at += 1;
    }
  }
  return { value, end: at, line, problem: { line: begun, message: "quote_not_closed" } };
}

function endOfField(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== "," && text[at] !== "\n" && text[at] !== "\r") at += 1;
  return at;
}

/** Rows as comma-separated text for a spreadsheet: a byte-order mark, CRLF, and no field that a spreadsheet would run as a formula. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  const field = (text: string) => {
    const tame = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame;
  };
  return `\uFEFF${rows.map((row) => row.map(field).join(",")).join("\r\n")}\r\n`;
}
