import { eq, inArray } from "drizzle-orm";
import { findScopeIds, PUBLIC_SCOPE, scopeId } from "#db/access-scopes.ts";
import { findLessonNode, type LessonPlace } from "#db/curriculum.ts";
import { findCurrentVersion, findResource } from "#db/resources.ts";
import { findSeminar } from "#db/seminars.ts";
import { lessons, regions, resources, schools, persons, seminars, studios } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { regionPath } from "#db/regions.ts";
import type { SearchDocument, SearchEngine } from "#search/engine.ts";
import { textOf } from "../plans/content.ts";
import { bookFacets, bookWords, kindWords } from "./said.ts";

/** What of the platform is found: its kind and id, as jobs name it. */
export interface Indexed {
  kind: "lesson_plan" | "teaching_case" | "seminar" | "studio";
  id: string;
}

/** The job `search.index`: puts a thing into the index as it is now, or takes it out. */
export function indexOne(db: Db, engine: SearchEngine, one: Indexed): Promise<void> {
  return indexEach(db, engine, [one]);
}

export async function indexEach(db: Db, engine: SearchEngine, each: readonly Indexed[]): Promise<void> {
  const documents: SearchDocument[] = [];
  const gone: string[] = [];
  for (const one of each) {
    const document = await documentOf(db, one);
    if (document) documents.push(document);
    else gone.push(idOf(one));
  }
  if (documents.length > 0) await engine.put(documents);
  if (gone.length > 0) await engine.remove(gone);
}

/** Everything that can be found, for a rebuild. */
export async function* everything(db: Db): AsyncGenerator<SearchDocument> {
  const published = await db.select({ id: resources.id, kind: resources.kind }).from(resources).where(eq(resources.state, "published"));
  const gatherings = await db.select({ id: seminars.id }).from(seminars);
  const places = await db.select({ id: studios.id }).from(studios);
  const all: Indexed[] = [...published, ...gatherings.map(({ id }) => ({ kind: "seminar" as const, id })), ...places.map(({ id }) => ({ kind: "studio" as const, id }))];
  for (const one of all) {
    const document = await documentOf(db, one);
    if (document) yield document;
  }
}

/** The scopes by which this person (null: a visitor) finds things. */
export async function viewerAccessIds(db: Db, viewer: Viewer | null): Promise<number[]> {
  if (!viewer) return [PUBLIC_SCOPE];
  const scopes = await findScopeIds(db, [{ type: "studio", refs: viewer.seats.map((seat) => seat.studioId) }, { type: "person", refs: [viewer.id] }]);
  return [PUBLIC_SCOPE, ...scopes];
}

function idOf({ kind, id }: Indexed): string {
  return kind === "seminar" ? `seminar:${id}` : kind === "studio" ? `studio:${id}` : `resource:${id}`;
}

function documentOf(db: Db, one: Indexed): Promise<SearchDocument | undefined> {
  switch (one.kind) {
    case "lesson_plan":
    case "teaching_case":
      return documentOfResource(db, one);
    case "seminar":
      return documentOfSeminar(db, one);
    case "studio":
      return documentOfStudio(db, one);
  }
}

async function documentOfResource(db: Db, one: Indexed): Promise<SearchDocument | undefined> {
  const resource = await findResource(db, one.id);
  const version = resource && (await findCurrentVersion(db, resource));
  if (!resource || !version || resource.state !== "published") return undefined;
  const node = resource.lessonNodeId ? await findLessonNode(db, resource.lessonNodeId) : undefined;
  const place = await regionOf(db, await countyOf(db, resource.ownerId));
  const accessIds = resource.licence === "studio_only" ? [await scopeId(db, "studio", resource.studioId ?? "")] : [PUBLIC_SCOPE];
  return {
    id: idOf(one),
    kind: resource.kind,
    accessIds,
    title: resource.title,
    sections: [
      ...version.content.map((section) => ({ key: section.key, label: section.title, text: textOf(section.nodes) })),
      ...version.process.reflections.map((reflection) => ({ key: "reflection", label: "教学反思", text: reflection.answers.map((answer) => answer.text).join("\n") })),
    ],
    body: resource.abstract,
    tags: [...kindWords(resource.kind), ...(node ? bookWords(node) : []), ...(resource.studioName ? [resource.studioName] : []), ...place.names],
    facets: {
      stage: node?.stage ?? resource.stage ?? undefined,
      subject: node?.subject ?? resource.subject ?? undefined,
      ...bookFacets(node),
      licence: resource.licence,
      studioId: resource.studioId ?? undefined,
      lessonNodeId: resource.lessonNodeId ?? undefined,
      region: place.codes,
    },
    publishedAt: resource.publishedAt?.getTime() ?? 0,
    quality: resource.reuseCount,
  };
}

async function documentOfSeminar(db: Db, one: Indexed): Promise<SearchDocument | undefined> {
  const seminar = await findSeminar(db, one.id);
  // Those of a prep are found on its lesson, by the people who prepare it.
  if (!seminar || seminar.visibility === "prep" || seminar.state === "draft" || seminar.state === "cancelled") return undefined;
  const [studio] = await db.select().from(studios).where(eq(studios.id, seminar.studioId));
  const node = await nodeOfLesson(db, seminar.lessonId);
  const place = await regionOf(db, studio?.regionId ?? null);
  return {
    id: idOf(one),
    kind: "seminar",
    accessIds: seminar.visibility === "public" ? [PUBLIC_SCOPE] : [await scopeId(db, "studio", seminar.studioId)],
    title: seminar.title,
    sections: [],
    body: [seminar.intro, seminar.agenda.map((item) => item.title).join("；")].filter(Boolean).join("\n"),
    tags: [...kindWords("seminar"), ...(node ? bookWords(node) : []), ...(studio ? [studio.name] : []), ...place.names],
    facets: { stage: node?.stage ?? studio?.stages, subject: node?.subject ?? studio?.subject, ...bookFacets(node), studioId: seminar.studioId, region: place.codes },
    publishedAt: seminar.startsAt.getTime(),
    quality: 0,
  };
}

async function documentOfStudio(db: Db, one: Indexed): Promise<SearchDocument | undefined> {
  const [studio] = await db.select().from(studios).where(eq(studios.id, one.id));
  if (!studio || (studio.status !== "active" && studio.status !== "probation")) return undefined;
  const place = await regionOf(db, studio.regionId);
  return {
    id: idOf(one),
    kind: "studio",
    accessIds: [PUBLIC_SCOPE],
    title: studio.name,
    sections: [],
    body: studio.intro,
    tags: [...kindWords("studio"), ...place.names],
    facets: { stage: studio.stages, subject: studio.subject, studioId: studio.id, region: place.codes },
    publishedAt: studio.approvedAt?.getTime() ?? 0,
    quality: 0,
  };
}

async function countyOf(db: Db, personId: string): Promise<string | null> {
  const [row] = await db.select({ regionId: schools.regionId }).from(persons).innerJoin(schools, eq(schools.id, persons.schoolId)).where(eq(persons.id, personId));
  return row?.regionId ?? null;
}

async function nodeOfLesson(db: Db, lessonId: string | null): Promise<LessonPlace | undefined> {
  if (!lessonId) return undefined;
  const [row] = await db.select({ nodeId: lessons.lessonNodeId }).from(lessons).where(eq(lessons.id, lessonId));
  return row?.nodeId ? findLessonNode(db, row.nodeId) : undefined;
}

/** GB/T 2260 codes from the province down, and the names. */
async function regionOf(db: Db, regionId: string | null): Promise<{ codes: string[]; names: string[] }> {
  const path = await regionPath(db, regionId);
  const found = path.length > 0 ? await db.select({ id: regions.id, code: regions.code, name: regions.name }).from(regions).where(inArray(regions.id, [...path])) : [];
  const down = [...path].reverse().flatMap((id) => found.find((one) => one.id === id) ?? []);
  return { codes: down.map((one) => one.code), names: down.map((one) => one.name) };
}
