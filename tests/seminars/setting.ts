import { newId } from "#db/ids.ts";
import { seminarRoles, seminars } from "#db/schema/index.ts";
import type { SeminarRoleName } from "#db/seminars.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { LiveRooms } from "#app/seminars/live-rooms.ts";
import type { RoomServices } from "#app/seminars/seminar-rooms.ts";
import { aMember, aStudio, aTeacher, EVENING, type StudioSetting } from "#tests/factories.ts";

export { EVENING };

type SeminarRow = typeof seminars.$inferInsert;

/** A seminar of the studio at 19:30, hosted by `host`, with parts by person. */
export async function aSeminar(db: Db, studio: { id: string }, host: { id: string }, given: Partial<SeminarRow> & { parts?: [{ id: string }, SeminarRoleName][] } = {}): Promise<{ id: string }> {
  const { parts, ...row } = given;
  const id = newId();
  await db.insert(seminars).values({
    id,
    studioId: studio.id,
    kind: "prep_discussion",
    title: "“分数的意义”集体研讨",
    startsAt: EVENING,
    endsAt: new Date(EVENING.getTime() + 90 * 60_000),
    hostId: host.id,
    agenda: [{ title: "主备人说课", minutes: 20 }, { title: "讨论难点", minutes: 50 }, { title: "小结", minutes: 20 }],
    createdBy: host.id,
    createdAt: EVENING,
    ...row,
  });
  await db.insert(seminarRoles).values([{ seminarId: id, personId: host.id, role: "host" as const }, ...(parts ?? []).map(([person, role]) => ({ seminarId: id, personId: person.id, role }))]);
  return { id };
}

export interface Evening {
  studio: StudioSetting;
  host: Viewer;
  colleague: Viewer;
  trainee: Viewer;
  stranger: Viewer;
  seminar: { id: string };
}

/** A studio in which 何立夏 (a head of a group) hosts a seminar, 林雨桐 teaches, 陈静好 is a trainee, and 王若水 of another studio. */
export async function anEvening(db: Db, given: Parameters<typeof aSeminar>[3] = {}): Promise<Evening> {
  const studio = await aStudio(db);
  const host = await aMember(db, studio, "subject_lead", { groupId: studio.groupId, name: "何立夏" });
  const colleague = await aMember(db, studio, "young_teacher", { name: "林雨桐" });
  const trainee = await aMember(db, studio, "trainee", { name: "陈静好" });
  const other = await aStudio(db, { name: "他处工作室", master: await aTeacher(db, { name: "许知远" }) });
  const stranger = await aMember(db, other, "young_teacher", { name: "王若水" });
  return { studio, host, colleague, trainee, stranger, seminar: await aSeminar(db, studio, host, given) };
}

/** Services whose media server is away, and which only note what was said to the rooms. */
export function quietServices(db: Db, live: Partial<LiveRooms> = {}): RoomServices & { said: string[] } {
  const said: string[] = [];
  const note = (what: string) => async (seminarId: string, personId?: string) => void said.push([what, seminarId, personId].filter(Boolean).join(" "));
  return {
    db,
    said,
    rooms: { changed: (_, what) => void said.push(what), messageRemoved: () => void said.push("messageRemoved"), muted: () => void said.push("muted") },
    live: { state: () => ({ ready: true }), ticket: async () => ({ token: "", iceServers: [] }), allow: note("allow"), mute: note("mute"), remove: note("remove"), close: note("close"), ...live },
  };
}
