import { Converter } from "opencc-js/cn2t";
import { pinyin } from "pinyin-pro";
import { FACETS } from "#app/resources/find.server.ts";
import type { SearchDocument, SearchQuery } from "#search/engine.ts";
import { queryWords } from "#search/words.ts";

export const classes = ["twoChar", "oneChar", "pinyin", "initials", "traditional", "long", "facets", "asYouType"] as const;
export type Class = (typeof classes)[number];

export type Asked = Omit<SearchQuery, "accessIds">;

const traditional = Converter({ from: "cn", to: "t" });

/**
 * Queries of every class, taken from documents that are in the index, so that each has something to find: what somebody asks who
 * remembers a title or a sentence. `asYouType` is a title as it grows under the fingers, in characters or in pinyin.
 */
export function queriesOf(kind: Class, documents: readonly SearchDocument[], count: number, random: () => number): Asked[] {
  const of = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)];
  const runIn = (text: string, least: number) => of((text.match(/\p{Script=Han}+/gu) ?? []).filter((run) => run.length >= least)) ?? "";
  const pieceOf = (run: string, length: number) => {
    const from = Math.floor(random() * Math.max(1, run.length - length + 1));
    return run.slice(from, from + length);
  };
  const make = (document: SearchDocument): string => {
    const text = random() < 0.5 ? document.title : (of(document.sections)?.text ?? "");
    switch (kind) {
      case "twoChar":
      case "facets":
        return of(queryWords(runIn(text, 2)).filter((word) => word.length === 2)) ?? "";
      case "oneChar":
        return pieceOf(runIn(text, 1), 1);
      case "pinyin":
        return soundOf(pieceOf(runIn(document.title, 2), 2 + Math.floor(random() * 3)), false);
      case "initials":
        return soundOf(pieceOf(runIn(document.title, 3), 3 + Math.floor(random() * 3)), true);
      case "traditional":
        return traditional(pieceOf(runIn(text, 4), 4));
      case "long":
        return `${runIn(document.title, 2)} ${runIn(of(document.sections)?.text ?? "", 6)} ${pieceOf(runIn(of(document.sections)?.text ?? "", 4), 4)}`.trim();
      case "asYouType": {
        const whole = random() < 0.5 ? document.title : soundOf(runIn(document.title, 2), false);
        return whole.slice(0, 1 + Math.floor(random() * Math.min(whole.length, 12)));
      }
    }
  };
  const asked: Asked[] = [];
  for (let attempt = 0; asked.length < count && attempt < count * 20; attempt += 1) {
    const document = of(documents);
    const text = document ? make(document) : "";
    if (text.trim() === "") continue;
    if (kind !== "facets") asked.push({ text });
    else asked.push({ text, facets: FACETS, filters: { grade: [String(document?.facets.grade ?? "3")] } });
  }
  return asked;
}

function soundOf(run: string, initials: boolean): string {
  const sounds: string[] = pinyin(run, { toneType: "none", type: "array", v: true });
  return sounds.map((sound) => (initials ? sound.slice(0, 1) : sound)).join("").toLowerCase();
}
