/** `npm run -s bench -- NAME [--json] [--seed N] [--option N …]`: exit 0 it ran and its invariants hold, 1 one broke, 77 a part is not there. */
import { execFileSync } from "node:child_process";
import { cpus } from "node:os";
import { type Bench, type Figures, NotThere, type Row } from "./bench.ts";
import { benches } from "./benches.ts";
import { randomFrom } from "./numbers.ts";

/** Of a list people are shown no more than this; all of it is in the JSON. */
const LISTED = 20;
const [name = "", ...words] = process.argv.slice(2);
const load = benches[name];
if (!load) {
  console.error(`No bench is called «${name}». There are: ${Object.keys(benches).join(", ")}.`);
  process.exit(2);
}
const bench = await load();
const { json, seed, params } = read(bench, words);
const head = { schema: 1, bench: name, commit: commit(), node: process.version, cores: cpus().length, seed, params };
try {
  const figures = await bench.run({ option, word, random: randomFrom(seed), say: (line) => console.error(line) });
  const ok = figures.broken.length === 0;
  if (json) {
    const { ours, peer, ratio, samples } = figures;
    console.log(JSON.stringify({ ...head, ours, peer, ratio, samples, ok, skipped: null }));
  } else tell(bench, figures);
  for (const one of figures.broken) console.error(`broken: ${one}`);
  await end(ok ? 0 : 1);
} catch (error) {
  const skipped = error instanceof NotThere ? error.message : null;
  if (json) console.log(JSON.stringify({ ...head, ours: {}, peer: null, ratio: {}, samples: 0, ok: false, skipped }));
  else if (skipped) console.log(`not there: ${skipped}`);
  if (!skipped) console.error(error);
  await end(skipped ? 77 : 1);
}

/** With all that was said read: what a pipe has not taken is lost when a process exits. */
async function end(code: number): Promise<never> {
  for (const stream of [process.stdout, process.stderr]) await new Promise<void>((resume) => stream.write("", () => resume()));
  process.exit(code);
}

function option(wanted: string): number {
  const value = params[wanted];
  if (typeof value !== "number") throw new Error(`${name} has no numeric option ${wanted}`);
  return value;
}

function word(wanted: string): string {
  const value = params[wanted];
  if (typeof value !== "string") throw new Error(`${name} has no option ${wanted} that is a word`);
  return value;
}

function read(of: Bench, given: readonly string[]): { json: boolean; seed: number; params: Record<string, number | string> } {
  const found: { json: boolean; seed: number; params: Record<string, number | string> } = { json: false, seed: 1, params: { ...of.options } };
  for (let at = 0; at < given.length; at += 1) {
    const key = (given[at] ?? "").replace(/^--/, "");
    if (key === "json") found.json = true;
    else {
      const typed = given[++at];
      const value = typeof of.options[key] === "string" ? typed : Number(typed);
      if (value === undefined || Number.isNaN(value) || (key !== "seed" && !(key in of.options))) {
        console.error(`${name} takes --json, --seed N${Object.entries(of.options).map(([one, usual]) => `, --${one} ${typeof usual === "string" ? "WORD" : "N"}`).join("")}.`);
        process.exit(2);
      }
      if (key === "seed") found.seed = Number(value);
      else found.params[key] = value;
    }
  }
  return found;
}

function commit(): string {
  try {
    return execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return "unknown"; // a copy without its history
  }
}

function tell(of: Bench, figures: Figures): void {
  const { peer, samples } = figures;
  const [ours, theirs, ratio] = [flat(figures.ours), flat(peer ?? {}), flat(figures.ratio)];
  console.log(`${name}: ${of.about}`);
  const keys = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].filter((key) => key !== "name" && key !== "version");
  const rows = [["", "ours", ...(peer ? [`${peer.name} ${peer.version}`, "ratio"] : [])], ...keys.map((key) => [key, ours[key] ?? "", ...(peer ? [theirs[key] ?? "", ratio[key] ?? ""] : [])])];
  const widths = (rows[0] ?? []).map((_cell, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) console.log(row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join("  "));
  console.log(`${samples} samples, seed ${seed}, ${head.cores} cores, Node ${head.node}, ${head.commit}`);
}

/** Groups as paths: `classes.twoChar.p95Ms`; of a list each row on one line under its name. */
function flat(row: Row, before = ""): Record<string, string> {
  const lines: Record<string, string> = {};
  for (const [key, value] of Object.entries(row)) {
    if (Array.isArray(value)) for (const { name, ...rest } of (value as readonly Row[]).slice(0, LISTED)) lines[`${before}${key}: ${String(name)}`] = Object.entries(flat(rest)).map((pair) => pair.join(" ")).join(", ");
    else if (typeof value === "object" && value !== null) Object.assign(lines, flat(value as Row, `${before}${key}.`));
    else lines[before + key] = value === null ? "" : String(value);
  }
  return lines;
}
