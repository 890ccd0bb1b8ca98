import { readFileSync } from "node:fs";
import { bookFacets, bookWords, kindWords } from "#app/search/said.ts";
import { parseCsv } from "#db/csv.ts";
import type { LessonPlace } from "#db/curriculum.ts";
import type { SearchDocument } from "#search/engine.ts";
import { one } from "../province/ground.ts";
import { provinceId, STUDIOS } from "../province/plan.ts";
import { SECTIONS, TURNS } from "../province/publications.ts";
import { nameOf, paragraphOf } from "../province/words.ts";

const KINDS = ["teaching_case", "lesson_plan", "lesson_plan"] as const;
const LICENCES = ["cc_by", "cc_by_nc", "province_edu", "cc_by_sa", "studio_only", "all_rights"] as const;
const DAY = 86_400_000;
const BASE = Date.UTC(2026, 10, 23);

/** The province's publications as the index sees them, without a database to read them from. The same for the same number. */
export function* provinceDocuments(count: number): Generator<SearchDocument> {
  const places = lessonPlaces();
  const counties = shipped("regions.csv").filter((row) => row[1] === "county");
  for (let n = 0; n < count; n += 1) {
    const place = places[(n * 13) % places.length];
    const studio = (n * 7) % STUDIOS;
    const county = counties[n % counties.length] ?? [];
    const city = county[2] ?? "";
    const kind = one(KINDS, n);
    const licence = one(LICENCES, n);
    const studioName = `${nameOf(studio * 37)}小学数学名师工作室`;
    yield {
      id: `resource:${provinceId("resou", n)}`,
      kind,
      accessIds: [licence === "studio_only" ? studio + 1 : 0],
      title: `${place?.title ?? ""}${one(TURNS, n)}`,
      sections: SECTIONS.map(([key, label, length], index) => ({ key, label, text: paragraphOf(key, n + index, length) })),
      body: paragraphOf("learner_analysis", n, 1),
      tags: [...kindWords(kind), ...(place ? bookWords(place) : []), studioName, county[3] ?? ""],
      facets: { stage: "primary", subject: "mathematics", ...bookFacets(place), licence, studioId: provinceId("studi", studio), lessonNodeId: place?.id, region: ["330000", city, county[0] ?? ""] },
      publishedAt: BASE - ((n % 680) + 1) * DAY,
      quality: (n * 7) % 23,
    };
  }
}

function lessonPlaces(): LessonPlace[] {
  return shipped("curriculum-primary-maths.csv").map(([, , edition = "", year, grade, volume, unitNo, unit = "", no, lesson = "", periods], index) => ({
    id: provinceId("node", index), title: lesson, no: Number(no), periods: Number(periods), verified: false, unitId: `${edition}${year}${grade}${volume}${unitNo}`, unitNo: Number(unitNo), unitTitle: unit, editionId: `${edition}${year}`,
    edition, editionYear: Number(year), stage: "primary", subject: "mathematics", grade: Number(grade), volume: volume === "upper" ? "upper" : "lower",
  }));
}

function shipped(name: string): string[][] {
  return parseCsv(readFileSync(new URL(`../../db/dictionaries/${name}`, import.meta.url), "utf8")).rows.slice(1);
}
