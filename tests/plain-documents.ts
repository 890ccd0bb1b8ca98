import { and, asc, eq } from "drizzle-orm";
import type { Documents, SectionContent } from "#app/plans/documents.ts";
import { nodesFromBlocks, textOf } from "#app/plans/content.ts";
import { charactersIn } from "#db/documents.ts";
import { docSections, docUpdates } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";

/**
 * A stand-in for the collaborative documents where a test is about rights and stages, not about writing together: a document's state is its
 * sections as JSON, the last one in the log counts. The real one is tested in tests/collab.
 */
export function plainDocuments(db: Db): Documents {
  const bytesOf = (sections: readonly SectionContent[]) => Buffer.from(JSON.stringify(sections));
  const read = async (docId: string) => {
    const rows = await db.select({ bytes: docUpdates.bytes }).from(docUpdates).where(eq(docUpdates.docId, docId)).orderBy(asc(docUpdates.id));
    const last = rows.at(-1);
    if (!last) throw new Error("no log");
    return { state: new Uint8Array(last.bytes), sections: JSON.parse(Buffer.from(last.bytes).toString()) as SectionContent[] };
  };
  return {
    stateOf: async (sections) => ({ bytes: new Uint8Array(bytesOf(sections)), clientIds: [1] }),
    read,
    write: async (docId, sections, by) => {
      const before = (await read(docId)).sections;
      const written = [...before.map((section) => sections.find((one) => one.key === section.key) ?? section), ...sections.filter((one) => !before.some((section) => section.key === one.key))];
      await db.insert(docUpdates).values({ docId, bytes: bytesOf(written), personId: by, at: new Date() });
      for (const section of sections) {
        const text = textOf(section.nodes);
        await db.update(docSections).set({ text, charCount: charactersIn(text) }).where(and(eq(docSections.docId, docId), eq(docSections.key, section.key)));
      }
    },
  };
}

/** Writes into some sections of a plan, as its author would. */
export async function writeInto(documents: Documents, docId: string, words: Record<string, string>): Promise<void> {
  const { sections } = await documents.read(docId);
  await documents.write(docId, sections.flatMap((section) => (words[section.key] === undefined ? [] : [{ ...section, nodes: nodesFromBlocks([{ p: words[section.key] ?? "" }]) }])), null);
}
