import type { JobPayloads } from "#db/jobs.ts";

/** A place that people are inside of, and that can ask again whether they may be. */
export interface Inside {
  recheck(whom?: { personIds?: readonly string[]; docIds?: readonly string[]; seminarIds?: readonly string[] }): Promise<void>;
}

/** The job `access.changed`: documents, rooms and live rooms ask again. A change of a whole prep or studio asks everybody inside. */
export async function recheckAll(places: readonly Inside[], changed: JobPayloads["access.changed"]): Promise<void> {
  const wide = changed.prepId !== undefined || changed.studioId !== undefined;
  const whom = wide ? undefined : { ...(changed.personIds && { personIds: changed.personIds }), ...(changed.docId && { docIds: [changed.docId] }), ...(changed.seminarId && { seminarIds: [changed.seminarId] }) };
  await Promise.all(places.map((place) => place.recheck(whom)));
}
