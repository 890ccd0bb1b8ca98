import type { SearchDocument, Segment } from "#search/engine.ts";

/** A plan that everybody may find, unless told otherwise. */
export function aDocument(given: Partial<SearchDocument> & { id: string; title: string }): SearchDocument {
  return {
    kind: "lesson_plan",
    accessIds: [0],
    sections: [],
    body: "",
    facets: { region: [] },
    publishedAt: Date.UTC(2026, 2, 1),
    quality: 0,
    ...given,
  };
}

/** As a reader sees it: hits in brackets. */
export function shown(segments: readonly Segment[]): string {
  return segments.map(({ text, hit }) => (hit ? `[${text}]` : text)).join("");
}
