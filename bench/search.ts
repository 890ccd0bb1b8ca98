import { setImmediate as turn } from "node:timers/promises";
import { reindex } from "#search/reindex.ts";
import type { SearchDocument } from "#search/engine.ts";
import type { Bench, Row } from "./bench.ts";
import { quantile, rounded } from "./numbers.ts";
import { provinceDocuments } from "./search/documents.ts";
import { openEngine, type Opened } from "./search/engines.ts";
import { openPlain } from "./search/plain.ts";
import { type Asked, type Class, classes, queriesOf } from "./search/queries.ts";

/** What making the index took; `heldCpuMs`: the most work in one piece, during which nothing else has its turn. Nulls when a kept one was there. */
type Made = Record<"indexSeconds" | "indexCpuSeconds" | "heldCpuMs", number | null>;

/** So many queries of a class before the next has its turn, so that what else the machine does meets all of them. */
const TURN = 20;
/** Who asks: a visitor who sits in three studios. */
const ACCESS = [0, 3, 77, 401];
/** What the baseline can be asked at all: it knows no sounds, folds nothing and counts no facets. A scan is slow: a few are enough. */
const FOR_PLAIN = new Set<Class>(["twoChar", "oneChar", "long"]);
const PLAIN_A_TURN = 2;
/** So many documents are remembered to ask about. */
const REMEMBERED = 2_000;

/**
 * How long one question takes, by what is asked: short words, single characters, sounds, traditional characters, sentences, counts, titles as they are typed.
 * `cpu` is the same without the time in which the machine did something else: what to compare where a machine is shared.
 */
export const search: Bench = {
  about: "milliseconds a question, on the province's publications",
  options: { engine: "sqlite", resources: 38_000, queries: 300, baseline: 1, keep: "" },
  async run({ option, word, random, say }) {
    const opened = await openEngine(word("engine"), word("keep"));
    const plain = option("baseline") ? openPlain() : undefined;
    try {
      const { made, remembered } = await fill(opened, option("resources"), say);
      const openCpuMs = await opening(opened);
      const indexBytes = await opened.bytes();
      const plainFrom = performance.now();
      if (plain) for (const batch of batches(option("resources"))) plain.put(batch);
      const plainSeconds = (performance.now() - plainFrom) / 1_000;
      const questions = new Map(classes.map((kind) => [kind, queriesOf(kind, remembered, option("queries"), random)]));
      const [ours, cpu, theirs, found] = [new Map<Class, number[]>(), new Map<Class, number[]>(), new Map<Class, number[]>(), new Map<Class, number>()];
      // The first questions after a start load dictionaries: they are asked once before the clock runs.
      for (const kind of classes) for (const one of questions.get(kind)?.slice(0, 3) ?? []) await ask(opened, kind, one);
      for (let turn = 0; turn < option("queries"); turn += TURN) {
        for (const kind of classes) {
          const asked = questions.get(kind)?.slice(turn, turn + TURN) ?? [];
          for (const one of asked) {
            const [from, worked] = [performance.now(), process.threadCpuUsage()];
            const any = await ask(opened, kind, one);
            add(ours, kind, performance.now() - from);
            add(cpu, kind, cpuMsSince(worked));
            found.set(kind, (found.get(kind) ?? 0) + (any ? 1 : 0));
          }
          if (plain && FOR_PLAIN.has(kind)) {
            for (const one of asked.slice(0, PLAIN_A_TURN)) {
              const from = performance.now();
              plain.search(one.text);
              add(theirs, kind, performance.now() - from);
            }
          }
        }
        say(`${Math.min(turn + TURN, option("queries"))} questions of each class`);
      }
      const [own, peer, worked] = [timesOf(ours), timesOf(theirs), timesOf(cpu)];
      return {
        ours: { engine: word("engine"), ...made, openCpuMs, indexBytes, classes: own, cpu: worked },
        peer: plain ? { name: plain.name, version: plain.version, indexSeconds: rounded(plainSeconds, 1), indexBytes: plain.bytes(), classes: peer } : null,
        ratio: { classes: Object.fromEntries(Object.keys(peer).map((kind) => [kind, ratioOf(own[kind], peer[kind])])) },
        samples: [...ours.values()].reduce((sum, times) => sum + times.length, 0),
        broken: classes.flatMap((kind) => brokenIn(kind, found.get(kind) ?? 0, ours.get(kind)?.length ?? 0)),
      };
    } finally {
      plain?.close();
      await opened.end();
    }
  },
};

/** Makes the index, unless a kept one has as many documents. */
async function fill({ engine }: Opened, count: number, say: (line: string) => void): Promise<{ made: Made; remembered: SearchDocument[] }> {
  const remembered: SearchDocument[] = [];
  const step = Math.max(1, Math.floor(count / REMEMBERED));
  // The time that it takes to think the documents up is not the engine's.
  const thinking = { ms: 0, cpuMs: 0 };
  async function* watched() {
    const documents = provinceDocuments(count);
    for (let n = 0; ; n += 1) {
      const [from, worked] = [performance.now(), process.threadCpuUsage()];
      const { value, done } = documents.next();
      thinking.ms += performance.now() - from;
      thinking.cpuMs += cpuMsSince(worked);
      if (done) return;
      if (n % step === 0) remembered.push(value);
      if (n % 10_000 === 9_999) say(`${n + 1} documents`);
      yield value;
      await turn();
    }
  }
  const { documents, rebuild } = await engine.state();
  if (rebuild === null && documents === count) {
    for await (const _document of watched());
    return { made: { indexSeconds: null, indexCpuSeconds: null, heldCpuMs: null }, remembered };
  }
  // Dictionaries are loaded once a process, whoever is the first to need them.
  await engine.search({ text: "分数", accessIds: ACCESS });
  const held = holding();
  const [from, worked] = [performance.now(), process.threadCpuUsage()];
  await reindex(engine, watched());
  const [ms, cpuMs] = [performance.now() - from - thinking.ms, cpuMsSince(worked) - thinking.cpuMs];
  return { made: { indexSeconds: rounded(ms / 1_000, 1), indexCpuSeconds: rounded(cpuMs / 1_000, 1), heldCpuMs: rounded(held()) }, remembered };
}

/** Milliseconds of the processor until an index that is there can be asked: nothing else is answered meanwhile. */
async function opening({ again }: Opened): Promise<number | null> {
  if (!again) return null;
  const worked = process.threadCpuUsage();
  const engine = again();
  const ms = cpuMsSince(worked);
  await engine.close();
  return rounded(ms);
}

/** @returns what ends it and says the most of the processor's time between two turns of the loop */
function holding(): () => number {
  let [most, last] = [0, process.threadCpuUsage()];
  let next: NodeJS.Immediate;
  const look = () => {
    most = Math.max(most, cpuMsSince(last));
    last = process.threadCpuUsage();
    next = setImmediate(look);
  };
  look();
  return () => {
    clearImmediate(next);
    return most;
  };
}

function cpuMsSince(worked: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(worked);
  return (user + system) / 1_000;
}

function* batches(count: number): Generator<SearchDocument[]> {
  let batch: SearchDocument[] = [];
  for (const document of provinceDocuments(count)) {
    batch.push(document);
    if (batch.length < 1_000) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

/** @returns whether something was found */
async function ask({ engine }: Opened, kind: Class, asked: Asked): Promise<boolean> {
  if (kind === "asYouType") return (await engine.suggest({ text: asked.text, accessIds: ACCESS })).length > 0;
  const { hits, degraded } = await engine.search({ ...asked, accessIds: ACCESS, limit: 20 });
  return hits.length > 0 && degraded !== "unavailable";
}

/** What was asked about may lie in a studio that the asker may not look into; the greater part is there for everybody. */
function brokenIn(kind: Class, found: number, asked: number): string[] {
  if (asked === 0) return [`nothing was asked of the class ${kind}`];
  return found < asked * 0.7 ? [`only ${found} of ${asked} questions of the class ${kind} found something`] : [];
}

function add(times: Map<Class, number[]>, kind: Class, ms: number): void {
  const known = times.get(kind);
  if (known) known.push(ms);
  else times.set(kind, [ms]);
}

function timesOf(times: Map<Class, number[]>): Record<string, { p50Ms: number; p95Ms: number }> {
  return Object.fromEntries([...times].map(([kind, ms]) => [kind, { p50Ms: rounded(quantile(ms, 0.5)), p95Ms: rounded(quantile(ms, 0.95)) }]));
}

function ratioOf(own: { p50Ms: number; p95Ms: number } | undefined, peer: { p50Ms: number; p95Ms: number } | undefined): Row {
  return { p50Ms: rounded((own?.p50Ms ?? 0) / (peer?.p50Ms ?? 1), 3), p95Ms: rounded((own?.p95Ms ?? 0) / (peer?.p95Ms ?? 1), 3) };
}
