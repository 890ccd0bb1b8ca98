import { nameOf, sentences } from "../province/words.ts";

export type Kind = "anonymous" | "signedIn" | "search";

/** The peak day: of a hundred pages so many are read without signing in, by somebody who has, and looked for. */
const SHARES: readonly (readonly [Kind, number])[] = [["anonymous", 0.8], ["signedIn", 0.15], ["search", 0.05]];
/** Pages of a visit, as the peak takes them: 49 visits a second and twelve requests each. */
export const PAGES_A_VISIT = 12;

export function kindAt(random: number): Kind {
  let left = random;
  for (const [kind, share] of SHARES) if ((left -= share) < 0) return kind;
  return "anonymous";
}

/** The nth of so many, the first far more often than the last: the share of each falls with its rank, as the sizes of studios do. */
export function skewed(count: number, random: number): number {
  return Math.min(count - 1, Math.floor((count + 1) ** random) - 1);
}

export interface Places {
  studio(n: number): string;
  studios: number;
  resource(n: number): string;
  resources: number;
}

/** Where somebody goes next. Half of all pages are a studio's home, the larger the more often. */
export function nextPage(kind: Kind, places: Places, random: () => number): string {
  if (kind === "search") return `/resources?q=${encodeURIComponent(searchedFor(random))}`;
  const which = random();
  if (which < 0.5) return `/studios/${places.studio(skewed(places.studios, random()))}`;
  if (which < 0.7) return `/resources/${places.resource(skewed(places.resources, random()))}`;
  if (which < 0.8) return "/resources";
  if (which < 0.9) return "/studios";
  return kind === "signedIn" ? "/lessons" : "/";
}

function searchedFor(random: () => number): string {
  if (random() < 0.1) return nameOf(Math.floor(random() * 5_000));
  const from = sentences["objectives"] ?? [];
  const sentence = from[Math.floor(random() * from.length)] ?? "分数";
  const at = Math.floor(random() * Math.max(1, sentence.length - 3));
  return sentence.slice(at, at + 2);
}
