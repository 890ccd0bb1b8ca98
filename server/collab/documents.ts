import * as Y from "yjs";
import { storable } from "#app/http/text.server.ts";
import type { Documents, SectionContent } from "#app/plans/documents.ts";
import { listSections, readLog } from "#db/documents.ts";
import type { Db } from "#db/types.ts";
import type { LiveDocs } from "./live-docs.ts";
import type { DocLog } from "./log.ts";
import { projectSoon } from "./projection.ts";
import { replayed } from "./replay.ts";

/**
 * What the product needs of documents, on the log.
 *
 * @param live the documents open in this process (`Collab.live`); a process without open documents leaves it out, and those who are
 *   inside a document elsewhere see a `write` when they next open it
 */
export function documentsOn(db: Db, log: DocLog, live?: LiveDocs): Documents {
  const stateOf = async (sections: readonly SectionContent[]) => {
    refuseTwins(sections);
    const { updateFor } = await import("./lexical.ts");
    const made = updateFor(undefined, sections);
    if (!made) throw new Error("A document without sections would be an empty one.");
    return made;
  };

  const read = async (docId: string) => {
    const known = await listSections(db, docId);
    const doc = replayed(docId, await readLog(db, docId));
    const { nodesOf } = await import("./lexical.ts");
    const nodes = nodesOf(doc, known.map((section) => section.key));
    const state = Y.encodeStateAsUpdate(doc);
    doc.destroy();
    return { state, sections: known.map(({ key, title }) => ({ key, title, nodes: (nodes.get(key) ?? []).map(storableNode) })) };
  };

  const write = async (docId: string, sections: readonly SectionContent[], by: string | null) => {
    refuseTwins(sections);
    const { updateFor } = await import("./lexical.ts");
    const known = new Set((await listSections(db, docId)).map((section) => section.key));
    for (const { key } of sections) if (!known.has(key)) throw new Error(`Document ${docId} has no section ${key}.`);
    const doc = replayed(docId, await readLog(db, docId));
    const change = updateFor(Y.encodeStateAsUpdate(doc), sections);
    doc.destroy();
    if (!change) return;
    await log.append({ docId, bytes: change.bytes, personId: by, newClientIds: change.clientIds });
    live?.apply(docId, change.bytes);
    // Nobody may be inside, and then nobody else asks for it.
    await projectSoon(db, docId);
  };

  return { stateOf, read, write };
}

/** A script may put into a document what no page does: its log takes it, its projection and its versions would not. */
function storableNode(node: unknown): unknown {
  return JSON.parse(JSON.stringify(node, (_key, value: unknown) => (typeof value === "string" ? storable(value) : value))) as unknown;
}

function refuseTwins(sections: readonly SectionContent[]): void {
  if (new Set(sections.map((section) => section.key)).size < sections.length) throw new Error("Two sections have one key.");
}
