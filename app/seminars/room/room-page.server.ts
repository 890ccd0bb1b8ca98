import { findDoc } from "#db/documents.ts";
import { commonPlanFor, filesOf } from "../files-of-seminar.server.ts";
import { listRegistered, namesOf, seminarRolesOf } from "#db/seminar-people.ts";
import { listPeopleInside } from "#db/seminar-presence.ts";
import { listLatestMessages, listOpenHands } from "#db/seminar-talk.ts";
import type { SeminarSeen } from "#db/seminars.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Documents } from "../../plans/documents.ts";
import { inkFor } from "../../plans/person-ink.ts";
import { sectionsOf } from "../../plans/plan-page.server.ts";
import { canOnPlan } from "../../plans/policy.ts";
import { GAP_MS } from "../attendance.ts";
import type { LiveRooms } from "../live-rooms.ts";
import { canOnSeminar, grantsFor, hostsIt } from "../policy.ts";
import { PEOPLE_LISTED } from "../room-protocol.ts";
import type { RoomNow } from "./room-state.ts";

interface Services {
  db: Db;
  documents: Documents;
  live: LiveRooms;
}

/** The room of a seminar for somebody who is let in: who is there, the talk, and what lies on the table. */
export async function roomPage({ db, documents, live }: Services, viewer: Viewer, seminar: SeminarSeen, at = new Date()) {
  const [room, plan, attached] = await Promise.all([roomNow(db, viewer, seminar, at), planOnTable(db, documents, viewer, seminar), filesOf(db, "seminar", seminar.id)]);
  const { id, title, intro, agenda, lessonId, hostId } = seminar;
  return {
    seminar: { id, title, intro, agenda, lessonId, hostId },
    room,
    plan,
    attached,
    live: live.state(),
    me: { personId: viewer.id, name: viewer.name, ink: inkFor(viewer.id) },
    may: { start: canOnSeminar(viewer, "start", seminar), attach: canOnSeminar(viewer, "move_agenda", seminar) },
  };
}

export type RoomShown = Awaited<ReturnType<typeof roomPage>>;

async function roomNow(db: Db, viewer: Viewer, seminar: SeminarSeen, at: Date): Promise<RoomNow> {
  const { id, hostId, state, agendaAt, startedAt, endedAt } = seminar;
  const hosts = hostsIt(viewer, seminar);
  const [messages, hands, inside, roles] = await Promise.all([listLatestMessages(db, id, { limit: 100 }), listOpenHands(db, id), listPeopleInside(db, id, new Date(at.getTime() - GAP_MS)), seminarRolesOf(db, id)]);
  const names = await namesOf(db, [...inside.keys()]);
  return {
    seminar: { state, agendaAt, startedAt: startedAt?.toISOString() ?? null, endedAt: endedAt?.toISOString() ?? null },
    may: { ...grantsFor(viewer, seminar), host: hosts },
    people: { count: inside.size, listed: [...inside].slice(0, PEOPLE_LISTED).map(([personId, channel]) => ({ id: personId, name: names.get(personId) ?? "", role: roles.get(personId) ?? (personId === hostId ? "host" : null), channel })) },
    hands: hands.map((hand) => ({ personId: hand.personId, name: hand.name, raisedAt: hand.raisedAt.toISOString(), calledAt: hand.calledAt?.toISOString() ?? null })),
    messages: messages.map(({ at: saidAt, ...one }) => ({ ...one, at: saidAt.toISOString() })),
    lobby: hosts ? await listRegistered(db, id, "waiting") : [],
    removed: hosts ? await listRegistered(db, id, "removed") : [],
  };
}

/** The common plan of the lesson that it is about, where this viewer may see it; `hidden` where there is one that they may not. */
async function planOnTable(db: Db, documents: Documents, viewer: Viewer, { lessonId, prepId }: SeminarSeen) {
  const plan = await commonPlanFor(db, viewer, lessonId);
  if (!plan) return prepId ? ("hidden" as const) : null;
  const [sections, doc, attachments] = await Promise.all([sectionsOf(db, documents, viewer, plan), findDoc(db, plan.docId), filesOf(db, "plan", plan.id)]);
  return { id: plan.id, title: plan.title, epoch: doc?.epoch ?? 1, sections, attachments, mayWrite: canOnPlan(viewer, "write", plan), mayComment: canOnPlan(viewer, "comment", plan) };
}
