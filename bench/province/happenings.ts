import { BEGINNING, hashOf } from "#db/evidence.ts";
import { evidenceEvents, seminarRoles, seminars } from "#db/schema/index.ts";
import { type Ground, one } from "./ground.ts";
import { provinceId } from "./plan.ts";

/** Of these one is to come, the others have been. */
const SEMINARS_A_STUDIO = 6;
const HOUR = 3_600_000;
const EVENTS_A_PERSON = 3;

export async function fillSeminars({ write, scale, at, studio, master }: Ground): Promise<void> {
  const count = scale.studios * SEMINARS_A_STUDIO;
  await write(seminars, count, (n) => {
    const round = Math.floor(n / scale.studios);
    const startsAt = new Date(at(round === 0 ? 1 + (n % 20) : -round * 20 - (n % 20)).getTime() + 11.5 * HOUR);
    return {
      id: provinceId("semin", n), studioId: studio(n % scale.studios), kind: "topic" as const, title: `研讨：${one(["难点怎么突破", "作业怎么分层", "学情怎么摸", "板书怎么留"], n)}`, startsAt, endsAt: new Date(startsAt.getTime() + 1.5 * HOUR), hostId: master(n % scale.studios),
      visibility: one(["public", "studio", "studio", "studio"], n), state: round === 0 ? ("scheduled" as const) : ("reported" as const), agenda: [{ title: "各说一处", minutes: 60 }], createdAt: at(-150),
    };
  });
  await write(seminarRoles, count, (n) => ({ seminarId: provinceId("semin", n), personId: master(n % scale.studios), role: "host" as const }));
}

/** A short chain for every tenth person. */
export async function fillEvidence({ write, scale, at, person }: Ground): Promise<void> {
  let before = BEGINNING;
  await write(evidenceEvents, Math.floor(scale.people / 10) * EVENTS_A_PERSON, (n) => {
    const position = (n % EVENTS_A_PERSON) + 1;
    const occurredAt = at(-((n * 3) % 300) - 1);
    const event = { id: provinceId("evide", n), personId: person(Math.floor(n / EVENTS_A_PERSON) * 10), kind: one(["prep.commented", "seminar.attended", "resource.reused"], n), occurredAt, recordedAt: occurredAt, lessonId: null, studioId: null, objectType: "seminar", objectId: provinceId("semin", n % 900), quantity: 1, unit: "act", corroboratedBy: null, hashPrev: position === 1 ? BEGINNING : before, position };
    before = hashOf(event);
    return { ...event, hash: before };
  });
}
