import type { SeatRole } from "#db/schema/studios.ts";
import type { Viewer } from "#db/viewer.ts";

/** People for tables of rules, where no database is needed. */
export const STUDIO = "01JSTVD10000000000000000AA";
export const GROUP = "01JGR0VP0000000000000000AA";
export const OTHER_GROUP = "01JGR0VP0000000000000000BB";

/** Somebody without a seat anywhere. */
export function stranger(id: string): Viewer {
  return { id, name: "陈静好", locale: "zh-CN", theme: "system", schoolId: null, regionId: null, stages: ["primary"], subjects: ["mathematics"], verified: true, seats: [], grants: [] };
}

export function member(id: string, role: SeatRole, groupId: string | null = null, studioId = STUDIO): Viewer {
  return { ...stranger(id), seats: [{ id: `seat-${id}`, studioId, role, groupId }] };
}
