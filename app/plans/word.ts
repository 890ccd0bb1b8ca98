import type { FileRefusal } from "#app/files/refusals.ts";
import type { SectionContent } from "#db/schema/documents.ts";
import type { ReadNote, WordImage } from "./word/read.ts";
import { paragraph, text } from "./word/nodes.ts";
import type { PlanHeader, SortNote } from "./word/sections.ts";

export type { PlanHeader, WordImage };

/** Each has its sentence in the dictionaries, under `files:notes`. */
export const IMPORT_NOTES = [
  "nothing_recognised", "nothing_new", "other", "key_difficult_together", "nested_tables", "equations", "equation_pictures", "pictures_refused", "diagrams", "text_boxes", "footnotes", "tracked_changes", "headers_footers",
  "comments",
] as const satisfies readonly (ReadNote | SortNote | "headers_footers" | "comments" | "pictures_refused" | "nothing_new")[];
export type ImportNote = (typeof IMPORT_NOTES)[number];

/** A Word plan as we read it. */
export interface WordImport {
  title?: string;
  /** The head of the plan, as it was written: `taughtOn` is words, not a date. */
  header: PlanHeader;
  /** Sections that were found, in the order of a plan; section keys of `domain.md`, and `other` for what belongs to none. */
  sections: SectionContent[];
  /** Pictures in the text stand in it as image nodes whose `attachmentId` is the `placeholderId`. */
  images: WordImage[];
  /** What was taken for the name of something, as it stood in the document. */
  labels: { words: string; key: string }[];
  /** What was converted, moved or could not be kept as it was. */
  notes: ImportNote[];
}

/** Reading Word files. `server/word.ts` keeps the promise in a thread of its own. */
export interface WordReader {
  /** Answers within a bounded time and memory, whatever the bytes are. */
  read(bytes: Uint8Array): Promise<{ imported: WordImport } | { refused: FileRefusal }>;
}

/**
 * Puts the ids of stored attachments where the placeholders of an import stood.
 *
 * @param attachmentIds by placeholder; where a picture was refused, its name stands in the text
 */
export function withAttachments(sections: readonly SectionContent[], attachmentIds: ReadonlyMap<string, string>): SectionContent[] {
  const replaced = (node: unknown): unknown => {
    if (typeof node !== "object" || node === null) return node;
    if ("type" in node && node.type === "image" && "attachmentId" in node) {
      const attachmentId = attachmentIds.get(String(node.attachmentId));
      return attachmentId === undefined ? paragraph([text(`〔图片：${"alt" in node && node.alt ? String(node.alt) : String(node.attachmentId).replace(/^.*:/, "")}〕`)]) : { ...node, attachmentId };
    }
    return "children" in node && Array.isArray(node.children) ? { ...node, children: node.children.map(replaced) } : node;
  };
  return sections.map((section) => ({ ...section, nodes: section.nodes.map(replaced) }));
}
