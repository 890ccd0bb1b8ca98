import { Jieba } from "@node-rs/jieba";
import { dict } from "@node-rs/jieba/dict.js";
import type { SearchDocument } from "#search/engine.ts";

/** What a search of words alone does, as most are set up for Chinese: jieba with its own dictionary, documents that have all the words, else any; by BM25. */
export class StockJieba {
  private readonly jieba = Jieba.withDict(dict);
  private readonly holders = new Map<string, Map<number, number>>();
  private readonly lengths: number[] = [];
  private readonly ids: string[] = [];
  private words = 0;

  put(documents: readonly SearchDocument[]): void {
    for (const { id, title, sections, body } of documents) {
      const number = this.ids.push(id) - 1;
      const words = this.cut([title, ...sections.map((section) => section.text), body].join("\n"));
      this.lengths.push(words.length);
      this.words += words.length;
      for (const word of words) {
        const holding = this.holders.get(word) ?? new Map<number, number>();
        this.holders.set(word, holding.set(number, (holding.get(number) ?? 0) + 1));
      }
    }
  }

  /** Ids of the first so many, best first. */
  search(text: string, limit: number): string[] {
    const words = [...new Set(this.cut(text))];
    const scores = new Map<number, { score: number; having: number }>();
    for (const word of words) {
      const holding = this.holders.get(word);
      const rare = Math.log(1 + (this.ids.length - (holding?.size ?? 0) + 0.5) / ((holding?.size ?? 0) + 0.5));
      for (const [number, times] of holding ?? []) {
        const known = scores.get(number) ?? { score: 0, having: 0 };
        const length = (this.lengths[number] ?? 0) / (this.words / this.ids.length);
        scores.set(number, { score: known.score + (rare * times * 2.2) / (times + 1.2 * (0.25 + 0.75 * length)), having: known.having + 1 });
      }
    }
    return [...scores].sort(([, one], [, other]) => other.having - one.having || other.score - one.score).slice(0, limit).map(([number]) => this.ids[number] ?? "");
  }

  /** How many documents have it as a word. */
  count(word: string): number {
    return this.holders.get(word)?.size ?? 0;
  }

  private cut(text: string): string[] {
    return this.jieba.cut(text.toLowerCase(), false).filter((word) => /[\p{L}\p{N}]/u.test(word));
  }
}
