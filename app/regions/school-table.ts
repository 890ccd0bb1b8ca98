import { type CsvProblem, parseNumberedCsv } from "#db/csv.ts";
import { SCHOOL_KINDS, SCHOOL_LOCALES, type SchoolFacts } from "#db/schools.ts";

/** What is wrong with one line of a table of schools. `value` is what stood there. */
export interface LineProblem {
  line: number;
  problem: CsvProblem["message"] | "columns" | "nothing" | "too_many" | "name_missing" | "name_long" | "kind" | "locale" | "remote" | "small_rural" | "county" | "county_outside" | "twice";
  value?: string | undefined;
}

export interface SchoolLine extends SchoolFacts {
  line: number;
}

export const SCHOOL_LINES = 5000;
const NAME = 60;

/** Both ways to head a column: as the platform's own tables, and as an office in Zhejiang would. */
const COLUMNS = {
  name: ["name", "校名", "学校", "学校名称"],
  county: ["county", "区县", "区县代码", "县"],
  kind: ["kind", "类别", "办学类型"],
  locale: ["locale", "城乡"],
  remote: ["remote", "偏远"],
  small_rural: ["small_rural", "小规模"],
} as const;
type Column = keyof typeof COLUMNS;

const KINDS: Record<string, SchoolFacts["kind"]> = { 小学: "primary", 初中: "junior", 九年一贯制: "nine_year", 高中: "senior", 幼儿园: "kindergarten", 特殊教育: "special", 教学点: "teaching_point", ...same(SCHOOL_KINDS) };
const LOCALES: Record<string, SchoolFacts["locale"]> = { 城区: "urban", 城市: "urban", 镇区: "town", 镇: "town", 乡村: "rural", 农村: "rural", ...same(SCHOOL_LOCALES) };
const FLAGS: Record<string, boolean> = { 是: true, 否: false, yes: true, no: false, true: true, false: false, "1": true, "0": false, "": false };

/**
 * Reads a table of schools with a line of headings: every faulty line is reported, and what is read is only of use when none is.
 *
 * @param counties by code and by name, those below the region into which it is brought
 * @param elsewhere codes and names of all the other regions, so that a county of somebody else is told from a misspelt one
 */
export function readSchoolTable(text: string, counties: ReadonlyMap<string, string>, elsewhere: ReadonlySet<string>): { schools: SchoolLine[]; problems: LineProblem[] } {
  const { rows, errors } = parseNumberedCsv(text);
  const problems: LineProblem[] = errors.map((error) => ({ line: error.line, problem: error.message }));
  const [head, ...lines] = rows;
  const place = head && columnsOf(head.fields);
  if (!head || !place) return { schools: [], problems: [...problems, { line: head?.line ?? 1, problem: "columns", value: (head?.fields ?? []).join("，") }] };
  if (lines.length === 0) problems.push({ line: head.line, problem: "nothing" });
  if (lines.length > SCHOOL_LINES) return { schools: [], problems: [{ line: head.line, problem: "too_many", value: String(lines.length) }] };
  const schools: SchoolLine[] = [];
  const seen = new Set<string>();
  for (const { line, fields } of lines) {
    const cell = (column: Column) => (fields[place[column]] ?? "").normalize("NFKC").trim();
    const wrong = (problem: LineProblem["problem"], value: string) => void problems.push({ line, problem, value });
    const [name, county] = [cell("name"), cell("county")];
    const [kind, locale, remote, smallRural, regionId] = [KINDS[cell("kind")], LOCALES[cell("locale")], FLAGS[cell("remote").toLowerCase()], FLAGS[cell("small_rural").toLowerCase()], counties.get(county)];
    if (!name) wrong("name_missing", "");
    if (name.length > NAME) wrong("name_long", name.slice(0, 20));
    if (!regionId) wrong(elsewhere.has(county) ? "county_outside" : "county", county);
    if (!kind) wrong("kind", cell("kind"));
    if (!locale) wrong("locale", cell("locale"));
    if (remote === undefined) wrong("remote", cell("remote"));
    if (smallRural === undefined) wrong("small_rural", cell("small_rural"));
    if (seen.has(`${county} ${name}`)) wrong("twice", name);
    seen.add(`${county} ${name}`);
    if (name && regionId && kind && locale && remote !== undefined && smallRural !== undefined) schools.push({ line, regionId, name, kind, locale, remote, smallRural });
  }
  return { schools, problems: problems.sort((a, b) => a.line - b.line) };
}

/** Where each column stands, or undefined when one that is needed is missing. The two tags may be left out: then nothing is tagged. */
function columnsOf(head: readonly string[]): Record<Column, number> | undefined {
  const names = head.map((field) => field.normalize("NFKC").trim().toLowerCase());
  const at = (column: Column) => names.findIndex((name) => (COLUMNS[column] as readonly string[]).includes(name));
  const place = { name: at("name"), county: at("county"), kind: at("kind"), locale: at("locale"), remote: at("remote"), small_rural: at("small_rural") };
  return [place.name, place.county, place.kind, place.locale].includes(-1) ? undefined : place;
}

function same<Word extends string>(words: readonly Word[]): Record<string, Word> {
  return Object.fromEntries(words.map((word) => [word, word]));
}
