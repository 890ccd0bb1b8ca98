import { Jieba } from "@node-rs/jieba";
import { dict } from "@node-rs/jieba/dict.js";
import type { SearchDocument } from "#search/engine.ts";

/** What is looked for, and the documents (by number) that hold it, whatever stands around it. */
export type Holders = ReadonlyMap<string, readonly number[]>;

const CHARACTER = /\p{Script=Han}/u;

/**
 * Words of two characters that stand in some document only inside other words (难点 in 重难点, 分数 in 百分数), and single characters, each with every
 * document that has the string. Found by looking at the characters, as a reader does; the texts as they are written, nothing folded.
 */
export function truthOf(documents: readonly SearchDocument[]): { innerWords: Holders; characters: Holders } {
  const jieba = Jieba.withDict(dict);
  const known = new Set(Buffer.from(dict).toString("utf8").split("\n").map((line) => line.split(" ")[0] ?? "").filter((word) => word.length === 2));
  const words = new Map<string, number[]>();
  const characters = new Map<string, number[]>();
  const inner = new Set<string>();
  documents.forEach((document, number) => {
    const runs = [document.title, ...document.sections.map((section) => section.text), document.body].flatMap((text) => text.match(/\p{Script=Han}+/gu) ?? []);
    const spoken = new Set<string>();
    const [pairs, singles] = [new Set<string>(), new Set<string>()];
    for (const run of runs) {
      for (const word of jieba.cut(run, false)) spoken.add(word);
      for (let at = 0; at < run.length; at += 1) {
        const pair = run.slice(at, at + 2);
        if (known.has(pair)) pairs.add(pair);
        const single = run.charAt(at);
        if (CHARACTER.test(single)) singles.add(single);
      }
    }
    for (const pair of pairs) {
      if (!spoken.has(pair)) inner.add(pair);
      note(words, pair, number);
    }
    for (const single of singles) note(characters, single, number);
  });
  return { innerWords: new Map([...words].filter(([word]) => inner.has(word))), characters };
}

function note(holders: Map<string, number[]>, what: string, number: number): void {
  const held = holders.get(what);
  if (held) held.push(number);
  else holders.set(what, [number]);
}
