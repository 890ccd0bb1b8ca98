import { findNames } from "#db/people.ts";
import type { SeatRole } from "#db/schema/studios.ts";
import { listSeatHistory } from "#db/seats.ts";
import { listGroups } from "#db/studio-groups.ts";
import type { Db } from "#db/types.ts";
import type { Permitted } from "../http/permitted.ts";
import type { SeatOfStudio } from "./access.server.ts";

export interface SeatStep {
  id: string;
  role: SeatRole;
  group: string | null;
  from: Date;
  /** Who gave it; null: the platform, by open admission. */
  givenBy: string | null;
  /** null while it is open. */
  end: { at: Date; by: string | null; reason: string } | null;
}

/** Why a seat ended, where nobody wrote a reason: keys of the dictionary. */
export const PLAIN_REASONS = ["role_changed", "handed_over", "left", "ended"] as const;

/** Every seat that this person had in this studio, newest first: who, when and why. */
export async function seatHistory(db: Db, seat: Permitted<"seeHistory", SeatOfStudio>): Promise<SeatStep[]> {
  const rows = await listSeatHistory(db, seat.studio.id, seat.personId);
  const names = await findNames(db, rows.flatMap((row) => [row.givenBy, row.endedBy]).filter((one) => one !== null));
  const groups = new Map((await listGroups(db, seat.studio.id)).map((group) => [group.id, group.name]));
  const name = (personId: string | null) => (personId === null ? null : (names.get(personId) ?? null));
  return rows.map((row) => ({
    id: row.id,
    role: row.role,
    group: row.groupId === null ? null : (groups.get(row.groupId) ?? null),
    from: row.from,
    givenBy: name(row.givenBy),
    end: row.to === null ? null : { at: row.to, by: name(row.endedBy), reason: row.endReason ?? "" },
  }));
}
