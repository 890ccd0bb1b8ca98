import type { JobPayloads } from "#db/jobs.ts";
import type { Wire } from "./wire/wire.ts";

/** A place that people are inside of, and that can ask again whether they may be. */
export interface Inside {
  recheck(whom?: { personIds?: readonly string[]; docIds?: readonly string[]; seminarIds?: readonly string[] }): Promise<void>;
}

/**
 * Asks in this process and, over the line, in all others. Where words may be lost, everybody is asked again: a right that was taken away must
 * not outlive the line.
 *
 * @returns what the job `access.changed` does
 */
export function recheckEverywhere(places: readonly Inside[], wire: Wire, report: (error: unknown, doing: string) => void): (changed: JobPayloads["access.changed"]) => Promise<void> {
  const failed = (error: unknown) => report(error, "asking again who may be inside");
  let asking: Promise<unknown> | undefined;
  wire.on("access.changed", (changed) => void recheckAll(places, changed).catch(failed));
  wire.onGap(() => {
    asking ??= Promise.all(places.map((place) => place.recheck()))
      .catch(failed)
      .finally(() => (asking = undefined));
  });
  return (changed) => {
    wire.say("access.changed", changed);
    return recheckAll(places, changed);
  };
}

/** Documents, rooms and live rooms ask again. A change of a whole prep or studio asks everybody inside. */
export async function recheckAll(places: readonly Inside[], changed: JobPayloads["access.changed"]): Promise<void> {
  const wide = changed.prepId !== undefined || changed.studioId !== undefined;
  const whom = wide ? undefined : { ...(changed.personIds && { personIds: changed.personIds }), ...(changed.docId && { docIds: [changed.docId] }), ...(changed.seminarId && { seminarIds: [changed.seminarId] }) };
  await Promise.all(places.map((place) => place.recheck(whom)));
}
