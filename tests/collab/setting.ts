import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import { onTestFinished } from "vitest";
import WebSocket from "ws";
import * as Y from "yjs";
import { nodesFromBlocks, textsOf } from "#app/plans/content.ts";
import type { SectionContent } from "#app/plans/documents.ts";
import { appendUpdates, type DocUpdate, insertDoc } from "#db/documents.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { type CollabOptions, openCollab } from "#server/collab/collab.ts";
import { documentsOn } from "#server/collab/documents.ts";
import { DocLog } from "#server/collab/log.ts";
import { takeHandshakes } from "#server/sockets.ts";
import { aDatabase } from "#tests/database.ts";

export const PLAN = "plan:01JPLAN";

export const sections: SectionContent[] = [
  { key: "objectives", title: "教学目标", nodes: nodesFromBlocks([{ p: "理解分数的意义" }]) },
  { key: "process.p1", title: "教学过程", nodes: nodesFromBlocks([{ p: "导入" }, { p: "新授" }]) },
];

export function aViewer(id: string, name: string): Viewer {
  return { id, name, locale: "zh-CN", theme: "system", schoolId: null, regionId: null, stages: [], subjects: [], verified: true, seats: [], grants: [] };
}

interface Wish {
  commit?: (db: Db, batch: readonly DocUpdate[]) => Promise<void>;
  /** Before each question about rights is answered. */
  ask?: () => Promise<void>;
  pauses?: number[];
  sweepEvery?: number;
}

/** A real server with one plan of two sections, in which 李雪 and 王强 write; 赵敏 is signed in and has no rights. */
export async function aStaffRoom(wish: Wish = {}) {
  const db = await aDatabase();
  const commit = wish.commit ?? appendUpdates;
  const log = new DocLog((batch) => commit(db, batch), { pauses: wish.pauses ?? [] });
  const people = new Map([["li", aViewer("li", "李雪")], ["wang", aViewer("wang", "王强")], ["zhao", aViewer("zhao", "赵敏")]]);
  const rights = new Map<string, "write" | "read">([["li", "write"], ["wang", "write"]]);
  const faults: { fault: unknown; doing: string }[] = [];
  const docIds = new Map<string, string>();
  /** Whose session was asked for, each time. */
  const asked: string[] = [];
  const options: CollabOptions = {
    db,
    log,
    publicUrl: "http://tongyan.example",
    viewerOf: async (request) => {
      const who = /person=(\w+)/.exec(request.headers.get("cookie") ?? "")?.[1] ?? "";
      asked.push(who);
      return people.get(who) ?? null;
    },
    access: async (viewer, name) => {
      await wish.ask?.();
      const docId = docIds.get(name);
      const mode = rights.get(viewer.id);
      return docId && mode ? { docId, mode } : null;
    },
    report: (fault, doing) => faults.push({ fault, doing }),
    ...(wish.sweepEvery ? { sweepEvery: wish.sweepEvery } : {}),
  };
  const collab = openCollab(options);
  const documents = documentsOn(db, log, collab.live);
  const state = await documents.stateOf(sections);
  const docId = await db.transaction((tx) => insertDoc(tx, { purpose: "plan", state, sections: textsOf(sections), createdBy: null }));
  docIds.set(PLAN, docId);
  const server = createServer();
  takeHandshakes(server, new Map([["/collab", collab.upgrade]]));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const port = (server.address() as AddressInfo).port; // a TCP server's address is never a string
  onTestFinished(async () => {
    await collab.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { db, log, collab, documents, docId, docIds, people, rights, faults, asked, port, join: (person: string, doc?: Y.Doc, name?: string) => joined(port, person, doc, name) };
}

export type StaffRoom = Awaited<ReturnType<typeof aStaffRoom>>;

/** A page of a person's: a provider with its own socket. Text typed stands in a root `t` of its own, beside the sections. */
export function joined(port: number, person: string, doc = new Y.Doc({ gc: false }), name = PLAN) {
  const closes: { code: number; reason: string }[] = [];
  const told: string[] = [];
  const socket = new HocuspocusProviderWebsocket({ url: `ws://127.0.0.1:${port}/collab`, WebSocketPolyfill: socketOf(person, port), delay: 100, minDelay: 100 });
  const refusals: string[] = [];
  const provider = new HocuspocusProvider({
    websocketProvider: socket,
    name,
    document: doc,
    onStateless: ({ payload }) => told.push(payload),
    onAuthenticationFailed: ({ reason }) => refusals.push(reason),
    onClose: ({ event }) => closes.push({ code: event.code, reason: String(event.reason ?? "") }),
  });
  provider.attach();
  let open = true;
  const leave = () => {
    if (!open) return;
    open = false;
    provider.destroy();
    socket.destroy();
  };
  onTestFinished(leave);
  const text = doc.getText("t");
  return {
    doc,
    provider,
    socket,
    closes,
    told,
    refusals,
    leave,
    synced: () => until(() => provider.synced && provider.unsyncedChanges === 0),
    saved: () => until(() => provider.unsyncedChanges === 0),
    types: (words: string) => text.insert(text.length, words),
    sees: () => text.toString(),
  };
}

/** A WebSocket that brings a session and an Origin, as a browser would by itself. */
export function socketOf(person: string | null, port: number, origin = `http://127.0.0.1:${port}`) {
  return class extends WebSocket {
    constructor(url: string | URL) {
      super(url, { headers: { origin, ...(person ? { cookie: `person=${person}` } : {}) } });
    }
  };
}

export async function until(holds: () => boolean | Promise<boolean>, what = "what was waited for", patience = 8_000): Promise<void> {
  for (const end = Date.now() + patience; !(await holds()); ) {
    if (Date.now() > end) throw new Error(`${what} did not happen`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Long enough for what must not happen to have happened. */
export function aWhile(ms = 250): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
