import type { PlanHeader } from "./word.ts";

/** What of a plan goes on paper, in the order of the page. */
export interface PlanExport {
  title: string;
  header: Omit<PlanHeader, "edition">;
  /** Edition, volume and unit in one line: 人教版五年级下册 第四单元. */
  edition?: string;
  /** `nodes` in Lexical's serialised form. */
  sections: readonly { key: string; label: string; nodes: readonly unknown[] }[];
  /** The bytes of a picture in the text, or undefined when they cannot be had. */
  imageBytes(attachmentId: string): Promise<Uint8Array | undefined>;
  /** Who is named and under which licence, a line each. */
  attribution?: readonly string[];
}
