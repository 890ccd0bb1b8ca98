import type { Database } from "better-sqlite3";

/*
 * What keeps `name_parts` in step with names and consents, whoever writes them. Laid when a database is opened, as the triggers of
 * append-only tables are (docs/decisions/0002); whoever lays them fills the table anew, so that nothing is missed in which they were not there.
 */

/** Of a name that is longer, the rest is found only as part of what stands before it. */
const LONGEST = 60;

const places = `(${Array.from({ length: LONGEST }, (_, n) => `SELECT ${n + 1} AS n`).join(" UNION ALL ")}) AS places`;
const agreed = (person: string) => `SELECT 1 FROM consents WHERE consents.person_id = ${person} AND purpose = 'display_name' AND withdrawn_at IS NULL`;

/** @param small writes `name` in small letters of ASCII */
function statements(small: string) {
  const ends = (who: string) => `SELECT DISTINCT substr(${small}, n) AS part FROM ${who} AS who, ${places} WHERE n <= length(name)`;
  const known = (person: string) => `(SELECT name FROM identities WHERE person_id = ${person})`;
  return {
    forget: (person: string, who = known(person)) => `DELETE FROM name_parts WHERE person_id = ${person} AND part IN (${ends(who)});`,
    keep: (person: string) => `INSERT INTO name_parts (part, person_id) SELECT part, ${person} FROM (${ends(known(person))}) AS ends WHERE EXISTS (${agreed(person)});`,
    // Sorted outside of memory, and written from front to back.
    refill: `DELETE FROM name_parts; INSERT INTO name_parts (part, person_id) SELECT substr(${small}, n) AS part, person_id FROM identities, ${places} WHERE n <= length(name) AND EXISTS (${agreed("identities.person_id")}) GROUP BY 1, 2;`,
  };
}

const sqlite = statements("lower(name)");
const sqliteTriggers = (() => {
  const { forget, keep } = sqlite;
  const forgetOld = forget("old.person_id", "(SELECT old.name AS name)");
  const again = (row: "old" | "new") => `${forget(`${row}.person_id`)} ${keep(`${row}.person_id`)}`;
  const shown = (row: "old" | "new") => `${row}.purpose = 'display_name'`;
  const after: [string, string][] = [
    ["INSERT ON identities", keep("new.person_id")],
    ["UPDATE OF person_id, name ON identities", `${forgetOld} ${keep("new.person_id")}`],
    ["DELETE ON identities", forgetOld],
    [`INSERT ON consents WHEN ${shown("new")}`, again("new")],
    [`UPDATE ON consents WHEN ${shown("old")} OR ${shown("new")}`, `${again("old")} ${again("new")}`],
    [`DELETE ON consents WHEN ${shown("old")}`, again("old")],
  ];
  return after.map(([what, then], n) => `CREATE TRIGGER name_parts_${n} AFTER ${what} BEGIN ${then} END`);
})();

const LAID = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'name_parts_[0-9]' ORDER BY name";

/** Where they are as they should be, nothing is written. */
export function layNamePartsSqlite(connection: Database): void {
  const laid = (connection.prepare(LAID).all() as { sql: string }[]).map(({ sql }) => sql);
  if (laid.join() === sqliteTriggers.join()) return;
  connection
    .transaction(() => {
      liftNamePartsSqlite(connection);
      for (const one of [...sqliteTriggers, sqlite.refill]) connection.exec(one);
    })
    .immediate();
}

/** Before a migration: SQLite does not rename a table while a trigger names another that is not there for the moment. */
export function liftNamePartsSqlite(connection: Database): void {
  for (const { name } of connection.prepare(LAID).all() as { name: string }[]) connection.exec(`DROP TRIGGER ${name}`);
}

export const namePartsPostgresql = (() => {
  const { forget, keep, refill } = statements('lower(name COLLATE "C")');
  const procedure = (name: string, old: string, fresh: string) =>
    `CREATE OR REPLACE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP <> 'INSERT' THEN ${old} END IF; IF TG_OP <> 'DELETE' THEN ${fresh} END IF; RETURN NULL; END $$;`;
  const again = (row: "OLD" | "NEW") => `IF ${row}.purpose = 'display_name' THEN ${forget(`${row}.person_id`)} ${keep(`${row}.person_id`)} END IF;`;
  const trigger = (name: string, of: string, table: string, call: string) => `CREATE OR REPLACE TRIGGER ${name} AFTER INSERT OR DELETE OR UPDATE${of} ON ${table} FOR EACH ROW EXECUTE FUNCTION ${call}();`;
  return [
    procedure("keep_name_parts_of_name", forget("OLD.person_id", "(SELECT OLD.name AS name)"), keep("NEW.person_id")),
    procedure("keep_name_parts_of_consent", again("OLD"), again("NEW")),
    // Nobody writes a name between the filling and the triggers.
    `DO $$ BEGIN IF (SELECT count(*) FROM pg_trigger WHERE tgname IN ('name_parts_named', 'name_parts_agreed')) < 2 THEN LOCK TABLE identities, consents IN SHARE ROW EXCLUSIVE MODE; ${refill} ${trigger("name_parts_named", " OF person_id, name", "identities", "keep_name_parts_of_name")} ${trigger("name_parts_agreed", "", "consents", "keep_name_parts_of_consent")} END IF; END $$;`,
  ].join("\n");
})();
