import { insertDoc } from "#db/documents.ts";
import { isDuplicate } from "#db/errors.ts";
import { listSeminarEvents, namesOf } from "#db/seminar-people.ts";
import { listStays } from "#db/seminar-presence.ts";
import { listLatestMessages } from "#db/seminar-talk.ts";
import { findMinutes, insertMinutes } from "#db/seminar-writes.ts";
import type { Seminar } from "#db/seminars.ts";
import type { Db } from "#db/types.ts";
import type { Block } from "../plans/blocks.ts";
import { emptySection, nodesFromBlocks, textsOf } from "../plans/content.ts";
import type { Documents, SectionContent } from "../plans/documents.ts";

const clock = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** Begins the minutes of a seminar that is over from what happened in it; people finish them. Minutes that were begun already stay as they are. */
export async function beginMinutes(db: Db, documents: Documents, seminar: Seminar, at = new Date()): Promise<void> {
  if (await findMinutes(db, seminar.id)) return;
  const sections = await sectionsFrom(db, seminar);
  const state = await documents.stateOf(sections);
  try {
    await db.transaction(async (tx) => {
      if (await findMinutes(tx, seminar.id)) return;
      const docId = await insertDoc(tx, { purpose: "minutes", state, sections: textsOf(sections), createdBy: null }, at);
      await insertMinutes(tx, { seminarId: seminar.id, docId, begunAt: at });
    });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
}

async function sectionsFrom(db: Db, seminar: Seminar): Promise<SectionContent[]> {
  const [stays, events, messages] = await Promise.all([listStays(db, seminar.id), listSeminarEvents(db, seminar.id), listLatestMessages(db, seminar.id, { limit: 500 })]);
  const people = [...new Set(stays.map((stay) => stay.personId))];
  const names = await namesOf(db, [...people, ...events.flatMap((event) => (event.personId ? [event.personId] : []))]);
  const present = people.flatMap((id) => names.get(id) ?? []);
  const reached = new Map<string, Date>();
  for (const event of events) {
    const position = event.kind === "agenda_moved" ? (event.detail.to ?? event.detail.position) : undefined;
    if (typeof position === "number" && !reached.has(String(position))) reached.set(String(position), event.at);
  }
  const agenda = seminar.agenda.map((item, position) => {
    const since = reached.get(String(position)) ?? (position === 0 ? seminar.startedAt : null);
    return since ? `${clock.format(since)} ${item.title}` : item.title;
  });
  const floors = events.filter((event) => event.kind === "floor_given").map((event) => ({ at: event.at, text: `${clock.format(event.at)} ${names.get(event.personId ?? "") ?? ""}举手发言` }));
  const lines = messages.filter((message) => !message.removed).map((message) => ({ at: message.at, text: `${clock.format(message.at)} ${message.name}：${message.body}` }));
  const said = [...floors, ...lines].sort((a, b) => a.at.getTime() - b.at.getTime()).map((one) => one.text);
  return [
    section("people", "参加", present.length > 0 ? [{ p: present.join("、") }] : []),
    section("agenda", "议程", agenda.length > 0 ? [{ ol: agenda }] : []),
    section("said", "说了什么", said.length > 0 ? [{ ul: said }] : []),
    section("decided", "决定", []),
    section("next", "接下来", []),
  ];
}

function section(key: string, title: string, blocks: readonly Block[]): SectionContent {
  return { key, title, nodes: blocks.length > 0 ? nodesFromBlocks(blocks) : emptySection() };
}
