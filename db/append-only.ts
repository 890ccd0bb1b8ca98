/** Tables to which rows are only ever added. */
const APPEND_ONLY = ["evidence_events", "audit_log"] as const;

/**
 * The triggers that refuse update and delete. Laid at every start, not in a migration: a migration that rebuilds a table loses them.
 */
export const appendOnlySqlite = APPEND_ONLY.flatMap((name) =>
  ["UPDATE", "DELETE"].map(
    (verb) => `CREATE TRIGGER IF NOT EXISTS ${name}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${name} BEGIN SELECT RAISE(ABORT, '${name} is append-only'); END;`,
  ),
).join("\n");

export const appendOnlyPostgresql = [
  `CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;`,
  ...APPEND_ONLY.map((name) => `CREATE OR REPLACE TRIGGER ${name}_append_only BEFORE UPDATE OR DELETE ON ${name} FOR EACH ROW EXECUTE FUNCTION refuse_change();`),
  ...APPEND_ONLY.map((name) => `CREATE OR REPLACE TRIGGER ${name}_no_truncate BEFORE TRUNCATE ON ${name} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();`),
].join("\n");
