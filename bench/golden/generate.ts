/**
 * `node bench/golden/generate.ts`: writes plans.jsonl anew. The judged queries come first as they are; then those where nothing has to be judged, because what
 * is right can be read off the texts: pieces of titles in simplified and traditional characters, how titles sound, and stretches of text that stand in few plans.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { Converter } from "opencc-js/cn2t";
import { pinyin } from "pinyin-pro";
import { randomFrom } from "../numbers.ts";
import { type Judged, ownCollection, readGolden } from "../search/collection.ts";

const traditional = Converter({ from: "cn", to: "t" });
const random = randomFrom(7);
const documents = ownCollection();
const texts = documents.map(({ id, title, sections }) => ({ id, title, all: [title, ...sections.map((section) => section.text)].join("\n") }));
const titleRuns = texts.flatMap(({ title }) => title.match(/\p{Script=Han}{3,}/gu) ?? []);
const textRuns = texts.flatMap(({ all }) => all.match(/\p{Script=Han}{6,}/gu) ?? []);

const piece = (run: string, length: number) => run.slice(Math.floor(random() * (run.length - length + 1))).slice(0, length);
const soundOf = (run: string) => (pinyin(run, { toneType: "none", type: "array", v: true }) as string[]).map((one) => one.toLowerCase());
const inTitle = (run: string) => texts.filter(({ title }) => title.includes(run)).map(({ id }) => id);
const inText = (run: string) => texts.filter(({ all }) => all.includes(run)).map(({ id }) => id);
const soundsInTitle = (sound: string) => texts.filter(({ title }) => (title.match(/\p{Script=Han}+/gu) ?? []).some((run) => soundOf(run).some((_, at, all) => all.slice(at).join("").startsWith(sound)))).map(({ id }) => id);

const judged = readGolden(new URL("judged.tsv", import.meta.url).pathname);
const seen = new Set(judged.map(({ q }) => q));
const lines: Judged[] = [...judged, ...derived(titleRuns, 40, (run) => byTitle(piece(run, Math.min(run.length, 3 + Math.floor(random() * 3))))), ...derived(titleRuns, 25, (run) => traditionalOf(byTitle(run))), ...derived(titleRuns, 25, (run) => bySound(piece(run, 3))), ...derived(textRuns, 40, (run) => byText(piece(run, 5 + Math.floor(random() * 2))))];
writeFileSync(new URL("plans.jsonl", import.meta.url), `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`);
console.log(`${judged.length} judged, ${lines.length - judged.length} derived; judged.tsv is ${readFileSync(new URL("judged.tsv", import.meta.url)).length} bytes`);

function derived(runs: readonly string[], count: number, make: (run: string) => Judged): Judged[] {
  const made: Judged[] = [];
  for (let attempt = 0; made.length < count && attempt < 2_000; attempt += 1) {
    const one = make(runs[Math.floor(random() * runs.length)] ?? "");
    // With more than ten there would be something to judge: which ten.
    if (seen.has(one.q) || one.relevant.length === 0 || one.relevant.length > 10) continue;
    seen.add(one.q);
    made.push(one);
  }
  return made;
}

function byTitle(q: string): Judged {
  return { q, relevant: inTitle(q) };
}

function traditionalOf({ q, relevant }: Judged): Judged {
  return { q: traditional(q), relevant };
}

function bySound(run: string): Judged {
  const q = soundOf(run).join("");
  return { q, relevant: soundsInTitle(q) };
}

function byText(q: string): Judged {
  return { q, relevant: inText(q) };
}
