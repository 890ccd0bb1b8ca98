import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import WebSocket from "ws";
import { startLesson } from "#app/lessons/start-alone.server.ts";
import { appendUpdates } from "#db/documents.ts";
import { newId } from "#db/ids.ts";
import { seats } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";
import { documentsOn } from "#server/collab/documents.ts";
import { LiveDocs } from "#server/collab/live-docs.ts";
import { DocLog } from "#server/collab/log.ts";
import { asViewer, aStudio, aTemplate, EVENING } from "#tests/factories.ts";
import { aSeminar } from "#tests/seminars/setting.ts";
import type { Site } from "#tests/web/site.ts";

/** A studio of these people, in which each has begun a plan and a seminar is under way that has room for all. */
export async function aSchoolAtWork(db: Db, people: readonly string[]): Promise<{ planIds: string[]; seminarId: string }> {
  const studio = await aStudio(db);
  await db.insert(seats).values(people.map((personId) => ({ studioId: studio.id, personId, role: "young_teacher" as const, from: EVENING })));
  const now = new Date();
  const { id: seminarId } = await aSeminar(db, studio, studio.master, { state: "live", capacity: people.length + 1, startsAt: now, endsAt: new Date(now.getTime() + 3_600_000), startedAt: now });
  const { id: templateId } = await aTemplate(db);
  const documents = documentsOn(db, new DocLog((batch) => appendUpdates(db, batch)), new LiveDocs());
  const planIds: string[] = [];
  for (const personId of people) {
    const begun = await startLesson(db, documents, await asViewer(db, personId), { lessonId: newId(), lessonNodeId: null, title: "分数的意义", templateId, periods: 1 });
    if (begun.problems || !begun.planId) throw new Error(JSON.stringify(begun));
    planIds.push(begun.planId);
  }
  return { planIds, seminarId };
}

/** A line that somebody opened. */
export interface Line {
  /** "in", or how it was refused. */
  came: string;
  /** With which codes it was closed since. */
  closes: readonly number[];
  leave(): void;
}

/** Opens somebody's plan, and stays. */
export function opensPlan(site: Site, cookie: string, planId: string): Promise<Line> {
  const headers = { origin: site.publicUrl, cookie };
  class Socket extends WebSocket {
    constructor(address: string | URL) {
      super(address, { headers });
    }
  }
  const closes: number[] = [];
  const websocketProvider = new HocuspocusProviderWebsocket({ url: `${site.url.replace("http", "ws")}/collab`, WebSocketPolyfill: Socket });
  const provider = new HocuspocusProvider({ websocketProvider, name: `plan:${planId}` });
  const leave = () => {
    provider.destroy();
    websocketProvider.destroy();
  };
  return new Promise((resolve) => {
    websocketProvider.on("close", ({ event }: { event: { code: number } }) => {
      closes.push(event.code);
      resolve({ came: `closed ${event.code}`, closes, leave });
    });
    provider.on("authenticationFailed", ({ reason }: { reason: string }) => resolve({ came: reason, closes, leave }));
    provider.on("synced", () => resolve({ came: "in", closes, leave }));
    provider.attach();
  });
}

/** Opens a line of a room, or of picture and sound, and stays. @param welcomed the first thing that is said; without it an open line is enough */
export function opensLine(site: Site, cookie: string, path: string, welcomed?: string): Promise<Line> {
  const closes: number[] = [];
  const socket = new WebSocket(`${site.url.replace("http", "ws")}${path}`, { headers: { origin: site.publicUrl, cookie } });
  const leave = () => socket.terminate();
  return new Promise((resolve) => {
    socket.once("unexpected-response", (_request, response) => resolve({ came: String(response.statusCode), closes, leave }));
    socket.on("error", (error) => resolve({ came: String(error), closes, leave }));
    socket.once("close", (code) => {
      closes.push(code);
      resolve({ came: `closed ${code}`, closes, leave });
    });
    if (!welcomed) socket.once("open", () => resolve({ came: "in", closes, leave }));
    else socket.once("message", (data) => resolve({ came: data.toString().includes(`"type":"${welcomed}"`) ? "in" : data.toString(), closes, leave }));
  });
}
