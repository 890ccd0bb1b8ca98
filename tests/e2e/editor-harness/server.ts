import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import tailwindcss from "@tailwindcss/vite";
import { build } from "vite";
import type { Block } from "#app/plans/blocks.ts";
import { nodesFromBlocks, textsOf } from "#app/plans/content.ts";
import type { Documents } from "#app/plans/documents.ts";
import { appendUpdates, insertDoc } from "#db/documents.ts";
import { openDb } from "#db/open.ts";
import type { Viewer } from "#db/viewer.ts";
import { openCollab } from "#server/collab/collab.ts";
import { documentsOn } from "#server/collab/documents.ts";
import { DocLog } from "#server/collab/log.ts";
import { takeHandshakes } from "#server/sockets.ts";
import { PEOPLE, READERS, SECTIONS } from "./people-and-plan.ts";

export interface HarnessServer {
  url: string;
  /** Makes a plan with this content before anybody opens it; plans that are not made begin empty. Gives the document's id. */
  make(name: string, content: Partial<Record<string, readonly Block[]>>): Promise<string>;
  documents: Documents;
  /** Cuts every line and refuses new ones until mended. */
  cut(): void;
  mend(): void;
  /** Whether anybody is signed in. */
  session: { signedIn: boolean };
  /** Nothing is committed until it is let go. */
  holdBack(): () => void;
  /** Whoever comes in from now on waits for the answer until let go. `asked` settles when the first does. */
  holdDoor(): { asked: Promise<void>; letGo(): void };
  /** What the operator was told of since this was last asked. A test takes what it expects; anything left over fails it. */
  takeFaults(): string[];
  stop(): Promise<void>;
}

const TYPES: Record<string, string> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };
const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30" fill="#b3301d"/></svg>';

/** The editor's pages, built as the product builds them, beside the product's own document server. The cookie `person` says who asks. */
export async function startHarness(): Promise<HarnessServer> {
  const folder = mkdtempSync(join(tmpdir(), "tongyan-editor-"));
  await buildPages(folder);
  const { db, close } = await openDb(join(folder, "test.sqlite"));
  let release: Promise<void> = Promise.resolve();
  let letGo = () => undefined as void;
  const log = new DocLog(async (batch) => {
    await release;
    await appendUpdates(db, batch);
  });
  const session = { signedIn: true };
  const docs = new Map<string, Promise<string>>();
  let atTheDoor = () => Promise.resolve();
  const faults: string[] = [];
  const collab = openCollab({
    db,
    log,
    publicUrl: "http://harness.example",
    viewerOf: async (request) => (session.signedIn ? viewer(/person=(\w+)/.exec(request.headers.get("cookie") ?? "")?.[1] ?? "") : null),
    access: async (who, name) => {
      await atTheDoor();
      return { docId: await (docs.get(name) ?? make(name, {})), mode: READERS.has(who.id) ? "read" : "write" };
    },
    report: (fault, doing) => faults.push(`${doing}: ${fault instanceof Error ? fault.message : String(fault)}`),
  });
  const documents = documentsOn(db, log, collab.live);
  function make(name: string, content: Partial<Record<string, readonly Block[]>>): Promise<string> {
    const sections = SECTIONS.map(({ key, title }) => ({ key, title, nodes: nodesFromBlocks(content[key] ?? []) }));
    const made = documents.stateOf(sections).then((state) => db.transaction((tx) => insertDoc(tx, { purpose: "plan", state, sections: textsOf(sections), createdBy: null })));
    docs.set(name, made);
    return made;
  }

  let isCut = false;
  const lines = new Set<import("node:net").Socket>();
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://harness").pathname;
    if (path === "/session") return void response.writeHead(session.signedIn ? 204 : 401).end();
    if (path.startsWith("/files/")) return void response.writeHead(200, { "content-type": "image/svg+xml" }).end(PICTURE);
    const file = join(folder, "pages", path === "/" ? "index.html" : path);
    if (path.includes("..") || !existsSync(file)) return void response.writeHead(404).end();
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" }).end(readFileSync(file));
  });
  server.on("upgrade", (_request, socket: import("node:net").Socket) => {
    if (isCut) return void socket.destroy();
    lines.add(socket);
    socket.on("close", () => lines.delete(socket));
  });
  takeHandshakes(server, new Map([["/collab", collab.upgrade]]));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // a TCP server's address is never a string
  return {
    url: `http://127.0.0.1:${port}`,
    session,
    documents,
    make,
    cut() {
      isCut = true;
      for (const line of lines) line.destroy();
    },
    mend: () => void (isCut = false),
    holdBack() {
      release = new Promise((resolve) => (letGo = resolve));
      return letGo;
    },
    holdDoor() {
      let letGo = () => undefined as void;
      const opened = new Promise<void>((resolve) => (letGo = resolve));
      const asked = new Promise<void>((resolve) => {
        atTheDoor = () => {
          resolve();
          return opened;
        };
      });
      return { asked, letGo };
    },
    takeFaults: () => faults.splice(0),
    async stop() {
      letGo();
      await collab.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function buildPages(folder: string): Promise<void> {
  await build({
    configFile: false,
    root: import.meta.dirname,
    logLevel: "error",
    plugins: [tailwindcss()],
    build: {
      outDir: join(folder, "pages"),
      emptyOutDir: true,
      target: "es2022",
      minify: false,
      chunkSizeWarningLimit: 5_000,
      rollupOptions: { input: ["index.html", "whole.html"].map((page) => join(import.meta.dirname, page)) },
    },
  });
}

function viewer(id: string): Viewer | null {
  const name = PEOPLE.get(id);
  return name ? { id, name, locale: "zh-CN", theme: "system", schoolId: null, regionId: null, stages: [], subjects: [], verified: true, seats: [], grants: [] } : null;
}
