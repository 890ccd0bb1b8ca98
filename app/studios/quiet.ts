import type { SeatRole } from "#db/schema/studios.ts";

/** After three weeks without evidence in the studio somebody is called quiet. */
const QUIET_MS = 21 * 86_400_000;

/** Whose silence a studio's home tells: the seats that were given for doing something. Trainees come and go as they need. */
export const EXPECTED_ROLES: readonly SeatRole[] = ["subject_lead", "young_teacher"];

export const quietSince = (now: Date) => new Date(now.getTime() - QUIET_MS);
