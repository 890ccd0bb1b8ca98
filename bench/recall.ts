import { existsSync } from "node:fs";
import { join } from "node:path";
import { reindex } from "#search/reindex.ts";
import type { SearchEngine } from "#search/engine.ts";
import { type Bench, NotThere } from "./bench.ts";
import { rounded } from "./numbers.ts";
import { type Judged, ownCollection, readCollection, readGolden } from "./search/collection.ts";
import { openEngine } from "./search/engines.ts";
import { StockJieba } from "./search/stock-jieba.ts";
import { type Holders, truthOf } from "./search/truth.ts";

const OWN_GOLDEN = join(import.meta.dirname, "golden/plans.jsonl");

/** Whether people find what is there: judged queries, and every word and character of the collection against every document that has it. */
export const recall: Bench = {
  about: "what is found of what should be",
  options: { engine: "sqlite", golden: OWN_GOLDEN, collection: "", strings: 2_000 },
  async run({ option, word, random, say }) {
    for (const file of [word("golden"), word("collection")]) if (file && !existsSync(file)) throw new NotThere(`there is no file ${file}`);
    const collection = word("collection") ? readCollection(word("collection")) : ownCollection();
    const golden = readGolden(word("golden"));
    const opened = await openEngine(word("engine"));
    try {
      // Each document is known by its number too, so that it can be asked whether exactly these have a word: one question instead of pages of hits.
      // Ids are the engine's own, for a foreign one may have any characters.
      const documents = collection.map((document, number) => ({ ...document, id: `plan:${number}`, accessIds: [0, number + 1] }));
      const idOf = (hit: string) => collection[Number(hit.slice("plan:".length))]?.id ?? "";
      await reindex(opened.engine, documents);
      const stock = new StockJieba();
      stock.put(collection);
      say(`${documents.length} documents`);
      const [ours, theirs] = [new Judgement(), new Judgement()];
      for (const one of golden) {
        ours.add(one, (await opened.engine.search({ text: one.q, accessIds: [0], limit: 10 })).hits.map((hit) => idOf(hit.id)));
        theirs.add(one, stock.search(one.q, 10));
      }
      const { innerWords, characters } = truthOf(collection);
      const [words, singles] = [some(innerWords, option("strings"), random), some(characters, option("strings"), random)];
      const [lostWords, lostSingles] = [await lostIn(words, opened.engine), await lostIn(singles, opened.engine)];
      const own = { ...ours.figures(), innerWordsLost: lostWords, singleCharactersLost: lostSingles };
      const peer = { ...theirs.figures(), innerWordsLost: lostBy(words, stock), singleCharactersLost: lostBy(singles, stock) };
      for (const miss of ours.misses.slice(0, 20)) say(miss);
      return {
        ours: { engine: word("engine"), documents: documents.length, ...own, innerWordsExpected: expectedOf(words), singleCharactersExpected: expectedOf(singles) },
        peer: { name: "baseline: stock jieba words, BM25", version: "@node-rs/jieba 2.0.2", ...peer },
        ratio: { recallAt10: rounded(own.recallAt10 / peer.recallAt10, 3), ndcgAt10: rounded(own.ndcgAt10 / peer.ndcgAt10, 3) },
        samples: golden.length,
        broken: [
          ...(golden.length === 0 ? ["nothing was asked"] : []),
          ...(lostWords > 0 ? [`${lostWords} documents are not found by a word that they have`] : []),
          ...(lostSingles > 0 ? [`${lostSingles} documents are not found by a character that they have`] : []),
        ],
      };
    } finally {
      await opened.end();
    }
  },
};

/** Recall and nDCG over the first ten, every relevant document worth the same. */
class Judgement {
  readonly misses: string[] = [];
  private queries = 0;
  private recalled = 0;
  private gained = 0;

  add({ q, relevant }: Judged, found: readonly string[]): void {
    const wanted = new Set(relevant);
    if (wanted.size === 0) return;
    const hits = found.flatMap((id, place) => (wanted.has(id) ? [place] : []));
    const best = Math.min(10, wanted.size);
    const gain = (places: readonly number[]) => places.reduce((sum, place) => sum + 1 / Math.log2(place + 2), 0);
    this.queries += 1;
    this.recalled += hits.length / best;
    this.gained += gain(hits) / gain(Array.from({ length: best }, (_, place) => place));
    if (hits.length < best) this.misses.push(`missed: ${q} has ${hits.length} of ${best}: ${relevant.filter((id) => !found.includes(id)).slice(0, 5).join(" ")}`);
  }

  figures() {
    return { queries: this.queries, recallAt10: rounded(this.recalled / this.queries, 4), ndcgAt10: rounded(this.gained / this.queries, 4) };
  }
}

async function lostIn(holders: Holders, engine: SearchEngine): Promise<number> {
  let lost = 0;
  for (const [text, numbers] of holders) {
    // A filter of many thousand numbers is more than some engines take.
    for (let at = 0; at < numbers.length; at += 5_000) {
      const asked = numbers.slice(at, at + 5_000);
      const { total, degraded } = await engine.search({ text, accessIds: asked.map((number) => number + 1), limit: 1 });
      lost += asked.length - (degraded === undefined ? total : 0);
    }
  }
  return lost;
}

function lostBy(holders: Holders, stock: StockJieba): number {
  return [...holders].reduce((sum, [text, numbers]) => sum + numbers.length - Math.min(numbers.length, stock.count(text)), 0);
}

function expectedOf(holders: Holders): number {
  return [...holders.values()].reduce((sum, numbers) => sum + numbers.length, 0);
}

/** At most so many, any of them. */
function some(holders: Holders, most: number, random: () => number): Holders {
  const all = [...holders];
  if (all.length <= most) return holders;
  for (let at = all.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [all[at], all[other]] = [all[other] as (typeof all)[number], all[at] as (typeof all)[number]]; // both are inside
  }
  return new Map(all.slice(0, most));
}
