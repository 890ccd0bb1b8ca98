import { setTimeout as pause } from "node:timers/promises";
import type { Bench, Row } from "./bench.ts";
import { type Case, cases } from "./hostile/cases.ts";
import { openYard, type Yard } from "./hostile/yard.ts";
import { quantile } from "./numbers.ts";
import { forgetPeak, memoryOf } from "./process/memory.ts";

interface Told extends Row {
  name: string;
  status: number;
  ms: number;
  peakMiB: number;
  escaped: boolean;
  /** Whether a form that is refused gives back what was typed; null where nothing is. */
  typedKept: boolean | null;
}

/** Guests who mean harm, one after the other, at the whole server. `--every N` takes each Nth only. */
export const hostile: Bench = {
  about: "hostile files, forms and requests: answered soon, nothing executed, nothing outside its folder, what was typed is kept",
  options: { every: 1, longestMs: 5_000 },
  async run({ option, say }) {
    const chosen = cases.filter((_one, no) => no % option("every") === 0);
    const yard = await openYard();
    const told: Told[] = [];
    const broken: string[] = [];
    try {
      for (const one of chosen) {
        const { row, faults } = await tried(one, yard, option("longestMs"));
        told.push(row);
        for (const fault of faults) say(`${one.name}: ${fault}`);
        broken.push(...faults.map((fault) => `${one.name}: ${fault}`));
      }
    } finally {
      await yard.stop();
    }
    const ms = told.map((one) => one.ms);
    return {
      ours: { cases: told, count: told.length, escaped: told.filter((one) => one.escaped).length, notKept: told.filter((one) => one.typedKept === false).length, p95Ms: quantile(ms, 0.95), longestMs: Math.max(...ms), peakMiB: Math.max(...told.map((one) => one.peakMiB)) },
      peer: null,
      ratio: {},
      samples: told.length,
      broken,
    };
  },
};

async function tried({ name, send, typed, wanted }: Case, yard: Yard, longestMs: number): Promise<{ row: Told; faults: string[] }> {
  const { server } = yard;
  forgetPeak(server.pid);
  const from = performance.now();
  const answer = await send(yard);
  const ms = Math.round(performance.now() - from);
  const { peakMiB } = memoryOf(server.pid);
  const escape = yard.escape(answer);
  const typedKept = typed === undefined ? null : withoutScripts(answer.body).includes(escaped(typed));
  const faults: string[] = [];
  if (escape) faults.push(escape);
  if (ms > longestMs) faults.push(`answered after ${ms} ms only`);
  if (typedKept === false) faults.push("what was typed is gone");
  if (answer.status >= 500 || answer.status === 0 || (wanted && !wanted.includes(answer.status))) faults.push(`answered ${answer.status}`);
  if (!(await isWell(server.url))) faults.push("the server does not answer any more");
  return { row: { name, status: answer.status, ms, peakMiB, escaped: escape !== undefined, typedKept }, faults };
}

/** What a page carries for its own script is not what a person sees in a field. */
function withoutScripts(html: string): string {
  return html.replace(/<script\b[^]*?<\/script>/g, "");
}

/** As a page of React has it in a field. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("'", "&#x27;");
}

async function isWell(url: string): Promise<boolean> {
  for (let attempt = 0; attempt < 5; attempt += 1, await pause(200)) if (await fetch(`${url}/healthz`).then((answer) => answer.ok, () => false)) return true;
  return false;
}
