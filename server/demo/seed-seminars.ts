import { eq } from "drizzle-orm";
import { emptySection, nodesFromBlocks, textOf } from "#app/plans/content.ts";
import type { Documents, SectionContent } from "#app/plans/documents.ts";
import { writeEnd } from "#app/seminars/end.server.ts";
import { writeReport } from "#app/seminars/report.server.ts";
import type { Block } from "#app/plans/blocks.ts";
import { insertDoc } from "#db/documents.ts";
import { enqueue } from "#db/jobs.ts";
import { listPrepsOfStudio } from "#db/preps.ts";
import { recordSeminarEvent, setRegistration } from "#db/seminar-people.ts";
import { closeStay, openStay } from "#db/seminar-presence.ts";
import { insertMessage, lowerHand, raiseHand } from "#db/seminar-talk.ts";
import { minutes, seminarRoles, seminars } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";
import { findNames } from "#db/people.ts";
import type { DemoSeminar } from "./content/talk.ts";
import { teachersHour } from "./hours.ts";
import { demoId } from "./ids.ts";
import { type Stage, viewer } from "./seed-lessons.ts";

const MINUTE = 60_000;

type Record = NonNullable<DemoSeminar["record"]>;

/** One seminar of the demonstration: those to come are announced, those that are over have taken place, with everything that follows from it. */
export async function seedSeminar({ db, documents, now }: Stage, seminar: DemoSeminar): Promise<void> {
  const id = demoId("seminar", seminar.key);
  const startsAt = arranged(teachersHour(new Date(now.getTime() + seminar.startsInHours * 60 * MINUTE), now), now);
  const endsAt = new Date(startsAt.getTime() + seminar.minutes * MINUTE);
  const host = await viewer(db, seminar.host);
  const studioId = demoId("studio", seminar.studio);
  const lessonId = seminar.plan ? demoId("lesson", seminar.plan) : null;
  const prep = lessonId ? (await listPrepsOfStudio(db, host, studioId, { limit: 100 })).find((one) => one.lessonId === lessonId) : undefined;
  await db.transaction(async (tx) => {
    await tx.insert(seminars).values({
      id,
      lessonId,
      prepId: prep?.id ?? null,
      studioId,
      kind: seminar.kind,
      title: seminar.title,
      startsAt,
      endsAt,
      hostId: host.id,
      capacity: seminar.capacity,
      visibility: seminar.kind === "master_live" ? "public" : "studio",
      agenda: seminar.agenda.map(({ title, minutes: length, section }) => ({ title, minutes: length, ...(section && { sectionKey: section }) })),
      createdAt: new Date(startsAt.getTime() - 3 * 24 * 60 * MINUTE),
      createdBy: host.id,
    });
    const roles = [{ personId: host.id, role: "host" as const }, ...seminar.speakers.filter((key) => key !== seminar.host).map((key) => ({ personId: demoId("person", key), role: "speaker" as const }))];
    await tx.insert(seminarRoles).values(roles.map((role) => ({ seminarId: id, ...role })));
    for (const { personId } of roles) await setRegistration(tx, id, personId, "registered", personId, now);
    await enqueue(tx, "search.index", { kind: "seminar", id });
  });
  if (seminar.startsInHours < 0) await takePlace(db, documents, seminar, id, startsAt, endsAt);
}

async function takePlace(db: Db, documents: Documents, seminar: DemoSeminar, id: string, startsAt: Date, endsAt: Date): Promise<void> {
  const at = (minute: number) => new Date(startsAt.getTime() + minute * MINUTE);
  const hostId = demoId("person", seminar.host);
  await db.transaction(async (tx) => {
    await tx.update(seminars).set({ state: "live", startedAt: startsAt }).where(eq(seminars.id, id));
    await recordSeminarEvent(tx, id, "started", { byId: hostId }, startsAt);
    for (const [index, one] of seminar.attendance.entries()) {
      for (const [turn, [from, to]] of one.intervals.entries()) {
        const stay = { seminarId: id, personId: demoId("person", one.by), channel: one.channel, sourceId: `demo-${index}-${turn}` };
        await openStay(tx, stay, at(from));
        await closeStay(tx, stay, at(from), at(to));
      }
    }
    for (const [index, line] of seminar.chat.entries()) await insertMessage(tx, { seminarId: id, personId: demoId("person", line.by), body: line.text, clientKey: `demo-${index}`, at: at(line.minute) });
    for (const hand of seminar.hands) {
      await raiseHand(tx, id, demoId("person", hand.by), at(hand.raised));
      await lowerHand(tx, id, demoId("person", hand.by), at(hand.lowered));
    }
    let passed = 0;
    for (const [position, item] of seminar.agenda.entries()) {
      await recordSeminarEvent(tx, id, "agenda_moved", { byId: hostId }, at(passed), { position });
      passed += item.minutes;
    }
    await writeEnd(tx, id, hostId, endsAt);
  });
  if (seminar.record) await writeMinutes(db, documents, seminar, seminar.record, id, endsAt);
  await writeReport(db, id, {}, new Date(endsAt.getTime() + 20_000));
}

async function writeMinutes(db: Db, documents: Documents, seminar: DemoSeminar, record: Record, id: string, at: Date): Promise<void> {
  const names = await findNames(db, [...seminar.attendance.map((one) => one.by), ...record.todos.map((one) => one.who)].map((key) => demoId("person", key)));
  const name = (key: string) => names.get(demoId("person", key)) ?? key;
  const blocks: [string, string, readonly Block[]][] = [
    ["people", "参加", [{ p: [...new Set(seminar.attendance.map((one) => name(one.by)))].join("、") }]],
    ["agenda", "议程", [{ ol: seminar.agenda.map((item) => `${item.title}（${item.minutes} 分）`) }]],
    ["said", "说了什么", record.summary],
    ["decided", "决定", [{ ol: record.decisions }]],
    ["next", "接下来", [{ ul: record.todos.map((todo) => `${name(todo.who)}：${todo.what}`) }]],
  ];
  const sections: SectionContent[] = blocks.map(([key, title, content]) => ({ key, title, nodes: content.length > 0 ? nodesFromBlocks(content) : emptySection() }));
  const state = await documents.stateOf(sections);
  await db.transaction(async (tx) => {
    const docId = await insertDoc(tx, { purpose: "minutes", state, sections: sections.map((section) => ({ key: section.key, title: section.title, text: textOf(section.nodes) })), createdBy: demoId("person", record.scribe) }, at);
    await tx.insert(minutes).values({ seminarId: id, docId, begunAt: at });
  });
}

/** Seminars begin at a full half hour, the way people arrange them; one whose door shall be open already, at the next five minutes. */
function arranged(at: Date, now: Date): Date {
  const ahead = at.getTime() - now.getTime();
  const step = (ahead > 0 && ahead < 30 * MINUTE ? 5 : 30) * MINUTE;
  return new Date(Math.ceil(at.getTime() / step) * step);
}
