import type { LessonPlace } from "#db/curriculum.ts";
import type { DocumentKind, SearchDocument } from "#search/engine.ts";
// The index speaks Chinese, whatever language the page is in: what is searched was written so.
import words from "../i18n/zh-CN/common.ts";

/** How teachers ask for a lesson of a textbook: 三年级上册, 三上, 3年级, 人教版, the unit, the lesson. */
export function bookWords(place: LessonPlace): string[] {
  const grade: string = words.grade[place.grade as 1] ?? String(place.grade); // a grade that has no word is its number
  const volume = words.volume[place.volume];
  const short = grade.slice(0, 1) + volume.slice(0, 1);
  return [`${grade}${volume}`, short, `${place.grade}年级${volume}`, `${place.edition}${grade}${volume}`, place.edition, String(place.editionYear), place.unitTitle, place.title, words.stage[place.stage] + words.subject[place.subject]];
}

/** The facets of a lesson of a textbook. */
export function bookFacets(place: LessonPlace | undefined): Pick<SearchDocument["facets"], "grade" | "edition" | "volume" | "unit"> {
  return { grade: place && String(place.grade), edition: place && `${place.edition} ${place.editionYear}`, volume: place?.volume, unit: place?.unitTitle };
}

const KINDS: Record<DocumentKind, string[]> = { lesson_plan: ["教案"], teaching_case: ["课例"], seminar: ["研修", "研讨"], studio: ["工作室"] };

export function kindWords(kind: DocumentKind): string[] {
  return KINDS[kind];
}
