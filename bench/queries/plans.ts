import Database from "better-sqlite3";

/** Rows of these are as many as the installation's dictionaries say: they do not grow with people and their work. */
const BOUNDED = new Set(["regions", "editions", "books", "units", "lesson_nodes", "plan_templates", "settings", "migrations_done"]);

/** The steps of SQLite's plan, one after the other. */
export function planOf(db: Database.Database, sql: string, params: readonly unknown[]): string[] {
  return (db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...params) as { detail: string }[]).map((step) => step.detail);
}

/** A table of so many rows is not read as a whole because it is small. */
const LARGE = 1_000;

/** Tables that grow, by how a statement reads them, with a space between. */
export type Whole = {
  /** From end to end. */
  scans: string;
  /** In the order of an index until its page is full: to the end only where so few rows fit that the page never is. */
  walks: string;
};

/**
 * Gives the tables that grow of which a statement may read every row. A table of ten rows is rightly read so, and says nothing of the day on
 * which it has ten thousand: of those a database of the same schema without rows is asked as well, which knows of no table how large it is.
 */
export function readsOn(db: Database.Database): (sql: string, params: readonly unknown[]) => Whole {
  const schema = db.prepare("SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'").all() as { name: string; type: string; sql: string }[];
  const empty = new Database(":memory:");
  for (const { sql } of schema) empty.exec(sql);
  // An index of few rows, like those of people whom nobody has confirmed yet, is no table.
  const ofSome = new Set(schema.filter(({ type, sql }) => type === "index" && /\bwhere\b/i.test(sql)).map(({ name }) => name));
  const large = new Set(schema.filter(({ type, name }) => type === "table" && db.prepare(`SELECT 1 FROM "${name}" LIMIT 1 OFFSET ${LARGE}`).get() !== undefined).map(({ name }) => name));
  const scannedIn = (one: Database.Database, sql: string, params: readonly unknown[]) => {
    const names = new Map(Array.from(sql.matchAll(/\b(?:from|join|update|into)\s+"(\w+)"(?:\s+"(\w+)")?/gi), (found) => [found[2] ?? found[1] ?? "", found[1] ?? ""]));
    return planOf(one, sql, params).flatMap((step) => {
      const [, name = "", index = ""] = /^SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?/.exec(step) ?? [];
      const table = names.get(name);
      return table === undefined || BOUNDED.has(table) || ofSome.has(index) ? [] : [table];
    });
  };
  return (sql, params) => {
    const anyhow = new Set(scannedIn(empty, sql, params));
    const found = [...new Set(scannedIn(db, sql, params))].filter((table) => large.has(table) || anyhow.has(table));
    const walked = found.filter((table) => table === walkedIn(planOf(db, sql, params), sql));
    return { scans: found.filter((table) => !walked.includes(table)).join(" "), walks: walked.join(" ") };
  };
}

/** The table that is read first, in the order in which its rows are wanted, and no further than until there are enough. */
function walkedIn(plan: readonly string[], sql: string): string | undefined {
  const [, name] = /^SCAN (\w+) USING (?:COVERING )?INDEX/.exec(plan[0] ?? "") ?? [];
  return /\blimit \?$/.test(sql) && !plan.some((step) => step.startsWith("USE TEMP B-TREE")) ? name : undefined;
}
