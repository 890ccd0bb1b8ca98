/** A server on an SQLite file that a test kills: `node killable-server.ts <file>`. Everybody may write; prints its port when it is ready. */
import { createServer } from "node:http";
import { appendUpdates, findDoc, insertDoc } from "#db/documents.ts";
import { openDb } from "#db/open.ts";
import { docs } from "#db/schema/documents.ts";
import type { Viewer } from "#db/viewer.ts";
import { openCollab } from "#server/collab/collab.ts";
import { documentsOn } from "#server/collab/documents.ts";
import { DocLog } from "#server/collab/log.ts";
import { takeHandshakes } from "#server/sockets.ts";
import { emptySection } from "#app/plans/content.ts";

const { db } = await openDb(process.argv[2] ?? "");
const log = new DocLog((batch) => appendUpdates(db, batch));
const [known] = await db.select({ id: docs.id }).from(docs);
const docId = known?.id ?? (await born());

const collab = openCollab({
  db,
  log,
  publicUrl: "http://tongyan.example",
  viewerOf: async (request) => {
    const id = /person=(\w+)/.exec(request.headers.get("cookie") ?? "")?.[1];
    return id ? ({ id, name: id } as Viewer) : null; // nothing else of a viewer is looked at here
  },
  access: async () => ((await findDoc(db, docId)) ? { docId, mode: "write" } : null),
  report: (fault, doing) => console.log("fault", doing, fault),
});
const server = createServer();
takeHandshakes(server, new Map([["/collab", collab.upgrade]]));
server.listen(0, "127.0.0.1", () => console.log(JSON.stringify(server.address())));

async function born(): Promise<string> {
  const section = { key: "process", title: "教学过程" };
  const state = await documentsOn(db, log).stateOf([{ ...section, nodes: emptySection() }]);
  return db.transaction((tx) => insertDoc(tx, { purpose: "plan", state, sections: [{ ...section, text: "" }], createdBy: null }));
}
