import { createHash } from "node:crypto";
import Database from "better-sqlite3";
import { doorsOf, theBuild } from "#tests/doors/manifest.ts";
import type { Bench } from "./bench.ts";
import { quantile, rounded } from "./numbers.ts";
import { PROVINCE_FOLDER } from "./province/address.ts";
import { copyProvince } from "./province/copy.ts";
import { provinceId } from "./province/plan.ts";
import { drive } from "./queries/drive.ts";
import { type Heard, listen } from "./queries/heard.ts";
import { openHouse } from "./queries/house.ts";
import { planOf, readsOn } from "./queries/plans.ts";

const GOAL_MS = 20;
/** A slow statement is not run as often as a fast one. */
const PATIENCE_MS = 2_000;

/** Every statement that pages, acts and jobs ask of the province, found by walking it as people of every kind; reads are asked again `--runs` times. `--people` says how many of them walk. */
export const queries: Bench = {
  about: "every statement of pages, acts and jobs on the province, with its time and its plan",
  options: { data: PROVINCE_FOLDER, people: 100, runs: 200 },
  async run({ option, word, say }) {
    process.env.NODE_ENV ??= "production";
    const copy = copyProvince(word("data"));
    try {
      const house = await openHouse(copy, provinceId("studi", 0));
      const { heard, stop } = listen();
      const driven = await drive(house, house.people.slice(0, option("people")), doorsOf(await theBuild()), say).finally(stop);
      await house.close();
      say(`${driven.pages} pages, ${driven.acts} acts, ${heard.size} statements; not reached: ${driven.unseen.join(" ")}`);
      const db = new Database(copy.database, { readonly: true });
      const reads = readsOn(db);
      const statements = [...heard.values()].map((one) => ({ ...told(db, one, option("runs")), ...reads(one.sql, one.params[0] ?? []) })).sort((a, b) => b.p99Ms - a.p99Ms);
      db.close();
      const scanning = statements.filter((one) => one.scans !== "");
      const slow = statements.filter((one) => one.p99Ms > GOAL_MS);
      return {
        ours: { pages: driven.pages, acts: driven.acts, notReached: driven.unseen.length, over20Ms: slow.length, over20MsCpu: statements.filter((one) => (one.cpuP99Ms ?? 0) > GOAL_MS).length, scanning: scanning.length, walking: statements.filter((one) => one.walks !== "").length, statements },
        peer: null,
        ratio: {},
        samples: statements.reduce((sum, one) => sum + one.runs, 0),
        broken: statements.length === 0 ? ["nothing was asked of the database"] : [],
      };
    } finally {
      copy.remove();
    }
  },
};

/** Reads by asking again with what they were asked; writes as they ran. */
function told(db: Database.Database, { sql, params, ms }: Heard, wanted: number) {
  const reads = /^\s*(select|with)\b/i.test(sql);
  const statement = db.prepare(sql);
  const times: number[] = [];
  const cpu: number[] = [];
  const until = performance.now() + PATIENCE_MS;
  if (reads) statement.raw(true);
  while (reads && times.length < wanted && performance.now() < until) {
    const [from, worked] = [performance.now(), process.cpuUsage()];
    statement.all(...(params[times.length % params.length] ?? []));
    times.push(performance.now() - from);
    const { user, system } = process.cpuUsage(worked);
    cpu.push((user + system) / 1_000);
  }
  const all = reads ? times : ms;
  return { name: nameOf(sql), p99Ms: rounded(quantile(all, 0.99)), p50Ms: rounded(quantile(all, 0.5)), ...(reads && { cpuP99Ms: rounded(quantile(cpu, 0.99)) }), runs: all.length, plan: planOf(db, sql, params[0] ?? []).join("; "), sql };
}

/** What it does, to which tables, and a mark that tells it from others of the kind. */
function nameOf(sql: string): string {
  const tables = [...new Set(Array.from(sql.matchAll(/\b(?:from|join|update|into)\s+"(\w+)"/gi), (found) => found[1] ?? ""))];
  return `${/\w+/.exec(sql)?.[0] ?? ""} ${tables.join("+")} ${createHash("sha256").update(sql).digest("hex").slice(0, 6)}`;
}
