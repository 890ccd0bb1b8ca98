import { listOverlapping } from "#db/seminars.ts";
import type { Db } from "#db/types.ts";
import type { Problems } from "../http/problems.ts";
import { LONGEST_MS } from "./wish.ts";

/** What is wrong with a time, in the transaction that takes it: past, backwards, too long, or the host is elsewhere then. Empty: nothing. */
export async function timeProblems(tx: Db, hostId: string, time: { startsAt: Date; endsAt: Date }, at: Date, exceptId?: string): Promise<Problems> {
  const { startsAt, endsAt } = time;
  if (Number.isNaN(startsAt.getTime())) return { start: { key: "common:form.invalid" } };
  if (Number.isNaN(endsAt.getTime())) return { end: { key: "common:form.invalid" } };
  if (startsAt <= at) return { start: { key: "seminars:form.past" } };
  if (endsAt <= startsAt) return { end: { key: "seminars:form.backwards" } };
  if (endsAt.getTime() - startsAt.getTime() > LONGEST_MS) return { end: { key: "seminars:form.tooLong" } };
  const [other] = await listOverlapping(tx, hostId, startsAt, endsAt, exceptId);
  return other ? { start: { key: "seminars:form.overlaps", params: { title: other.title } } } : {};
}
