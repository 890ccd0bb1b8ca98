import { $createLinkNode } from "@lexical/link";
import { $createListItemNode, $createListNode } from "@lexical/list";
import { $createTableNodeWithDimensions } from "@lexical/table";
import { $createLineBreakNode, $createParagraphNode, $createTextNode, $getRoot, SKIP_COLLAB_TAG, type LexicalEditor } from "lexical";
import * as Y from "yjs";
import type { SectionBinding } from "#app/plans/editor/held-binding.ts";
import type { PlanDocument } from "#app/plans/editor/plan-document.ts";
import { $elementByKey, $leafBlocks, $select, $where } from "#app/plans/editor/section-text.ts";
import { $edit, type Edit } from "./edits.ts";

export interface Caret {
  block: number;
  start: number;
  end: number;
}

/** What a test may ask of the page. */
export class PageApi {
  readonly errors: string[] = [];
  readonly editors = new Map<string, LexicalEditor>();
  readonly bindings = new Map<string, SectionBinding>();
  readonly plan: PlanDocument;
  show: (sections: string[]) => void = () => undefined;

  constructor(plan: PlanDocument) {
    this.plan = plan;
    window.addEventListener("error", (event) => this.errors.push(`error: ${event.message}`));
    window.addEventListener("unhandledrejection", (event) => this.errors.push(`rejection: ${String(event.reason)}`));
    const error = console.error;
    console.error = (...said: unknown[]) => {
      this.errors.push(`console: ${said.map(String).join(" ").slice(0, 300)}`);
      error(...said);
    };
    const warn = console.warn;
    console.warn = (...said: unknown[]) => {
      // Lexical warns of a DOM selection that an edit by program overtook; our own warning is of an editor that was lost.
      if (String(said[0]).startsWith("a section's editor")) this.errors.push(said.map(String).join(" "));
      warn(...said);
    };
  }

  texts(section: string): string[] {
    return this.editor(section).getEditorState().read(() => $leafBlocks().map(({ text }) => text));
  }

  /** What the person sees, block by block. While composing, the editor adds a zero-width space. */
  seen(section: string): string[] {
    const editor = this.editor(section);
    const keys = editor.getEditorState().read(() => $leafBlocks().map(({ key }) => key));
    return keys.map((key) => (editor.getElementByKey(key)?.textContent ?? "?").replaceAll("\u200b", ""));
  }

  /** What the plan's document holds, block by block. */
  kept(section: string): string[] {
    return leafTexts(this.plan.doc.get(section, Y.XmlText));
  }

  json(section: string): string {
    return JSON.stringify(this.editor(section).getEditorState().toJSON().root.children);
  }

  where(section: string): Caret | null {
    const where = this.editor(section).getEditorState().read(() => $where());
    return where && { block: where.block, start: where.start, end: where.end };
  }

  isComposing(section: string): boolean {
    return this.editor(section).isComposing();
  }

  async setCaret(section: string, block: number, offset: number): Promise<void> {
    const editor = this.editor(section);
    editor.getRootElement()?.focus();
    editor.update(
      () => {
        const element = $elementByKey($leafBlocks()[block]?.key);
        if (element) $select(element, offset);
      },
      { discrete: true },
    );
    await new Promise((resolve) => setTimeout(resolve, 40));
  }

  edit(section: string, edit: Edit): void {
    this.editor(section).update(() => $edit(edit), { discrete: true });
  }

  /** Replaces everything by these paragraphs. */
  write(section: string, texts: string[]): void {
    this.editor(section).update(() => $getRoot().clear().append(...texts.map((text) => $createParagraphNode().append($createTextNode(text)))), { discrete: true });
  }

  /** Replaces everything by one of each: a numbered list, a link, a soft line break, a table of two by two. */
  writeShapes(section: string, texts: string[]): void {
    const text = (i: number) => $createTextNode(texts[i] ?? "");
    this.editor(section).update(() => {
      const table = $createTableNodeWithDimensions(2, 2, false);
      $getRoot().clear().append(
        $createParagraphNode().append(text(0), $createLinkNode("https://www.pep.com.cn").append(text(1)), text(2)),
        $createListNode("number").append($createListItemNode().append(text(3)), $createListItemNode().append(text(4))),
        $createParagraphNode().append(text(5), $createLineBreakNode(), text(6)),
        table,
      );
      for (const [i, cell] of $leafBlocks().slice(-4).entries()) $elementByKey(cell.key)?.append(text(i + 7));
    }, { discrete: true });
  }

  /** A paragraph that is a link from end to end. */
  writeLink(section: string, text: string): void {
    this.editor(section).update(() => void $getRoot().clear().append($createParagraphNode().append($createLinkNode("https://www.pep.com.cn").append($createTextNode(text)))), { discrete: true });
  }

  /** Empties what the editor shows behind its document's back. */
  part(section: string): void {
    this.editor(section).update(() => $getRoot().clear().append($createParagraphNode()), { discrete: true, tag: SKIP_COLLAB_TAG });
  }

  /** An error inside an update of the editor. */
  fail(section: string): void {
    this.editor(section).update(() => {
      throw new Error("made by the test");
    });
  }

  /** The id under which this page writes in the section. */
  clientOf(section: string): number {
    return this.bindings.get(section)?.view.doc.clientID ?? 0;
  }

  /** Writes under somebody else's id, as a tampered page would. */
  forge(section: string, client: number): void {
    const doc = new Y.Doc({ gc: false });
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(this.plan.doc));
    const known = Y.encodeStateVector(doc);
    doc.clientID = client;
    doc.get(section, Y.XmlText).insert(0, "伪");
    Y.applyUpdate(this.plan.doc, Y.encodeStateAsUpdate(doc, known));
  }

  editor(section: string): LexicalEditor {
    const editor = this.editors.get(section);
    if (!editor) throw new Error(`no editor of ${section} here`);
    return editor;
  }
}

function leafTexts(element: Y.XmlText): string[] {
  const parts: { insert?: unknown }[] = element.toDelta();
  const children = parts.flatMap(({ insert }) => (insert instanceof Y.XmlText ? [insert] : []));
  const holdsBlocks = children.some((child) => !["link", "autolink"].includes(String(child.getAttribute("__type"))));
  if (holdsBlocks) return children.flatMap(leafTexts);
  if (element.parent === null) return [];
  return [parts.map(({ insert }) => (typeof insert === "string" ? insert : insert instanceof Y.XmlText ? leafTexts(insert).join("") : insert instanceof Y.Map && insert.get("__type") === "linebreak" ? "\n" : "")).join("")];
}
