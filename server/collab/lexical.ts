import { createHeadlessEditor } from "@lexical/headless";
import { createYjsBinding, type Provider, syncLexicalUpdateToYjs, syncYjsChangesToLexical } from "@lexical/yjs";
import { $getRoot, $parseSerializedNode, type LexicalEditor, type SerializedLexicalNode } from "lexical";
import * as Y from "yjs";
import { emptySection } from "#app/plans/content.ts";
import { sectionNodes } from "#app/plans/editor/nodes.ts";

/**
 * Sections of a document, each in an editor without a page that is bound to its root. Everything here is synchronous; import this file
 * lazily, Lexical is heavy.
 */

/** The children of each section's root as Lexical serialises them. A section that the document lacks is one empty paragraph. */
export function nodesOf(doc: Y.Doc, keys: readonly string[]): Map<string, unknown[]> {
  // On a replica: a binding leaves traces on the types that it has seen, and shows only what arrives after it.
  const replica = new Y.Doc({ gc: false });
  const editors = keys.map((key) => [key, boundEditor(replica, key)] as const);
  Y.applyUpdate(replica, Y.encodeStateAsUpdate(doc));
  const nodes = new Map(editors.map(([key, editor]) => [key, orEmpty(childrenOf(editor))]));
  replica.destroy();
  return nodes;
}

/**
 * The update that brings sections of a document to these nodes. Blocks that stay as they are at the beginning and end keep their authors.
 *
 * @param state what the document holds; undefined for a new one
 * @returns the update relative to `state` and the client ids under which it writes; undefined when nothing changes
 * @throws when a node is of a type that the editor does not know
 */
export function updateFor(state: Uint8Array | undefined, wanted: readonly { key: string; nodes: readonly unknown[] }[]): { bytes: Uint8Array; clientIds: number[] } | undefined {
  const doc = new Y.Doc({ gc: false });
  const editors = wanted.map(({ key, nodes }) => ({ editor: boundEditor(doc, key), nodes }));
  if (state) Y.applyUpdate(doc, state);
  const before = Y.encodeStateVector(doc);
  let changed = false;
  doc.on("update", () => {
    changed = true;
  });
  for (const { editor, nodes } of editors) setChildren(editor, orEmpty(nodes));
  const bytes = Y.encodeStateAsUpdate(doc, before);
  const wrote = Y.getState(doc.store, doc.clientID) > 0;
  const clientIds = wrote ? [doc.clientID] : [];
  doc.destroy();
  return changed ? { bytes, clientIds } : undefined;
}

function boundEditor(doc: Y.Doc, rootName: string): LexicalEditor {
  const editor = createHeadlessEditor({
    nodes: [...sectionNodes],
    onError: (error) => {
      throw error;
    },
  });
  const binding = createYjsBinding({ editor, id: rootName, doc, docMap: new Map([[rootName, doc]]), rootName });
  doc.get(rootName, Y.XmlText).observeDeep((events, transaction) => {
    // The types of Lexical and Yjs differ in the event's parameter only.
    if (transaction.origin !== binding) syncYjsChangesToLexical(binding, deaf, events as Y.YEvent<Y.Text>[], false);
  });
  editor.registerUpdateListener(({ prevEditorState, editorState, dirtyElements, dirtyLeaves, normalizedNodes, tags }) => {
    syncLexicalUpdateToYjs(binding, deaf, prevEditorState, editorState, dirtyElements, dirtyLeaves, normalizedNodes, tags);
  });
  return editor;
}

function childrenOf(editor: LexicalEditor): SerializedLexicalNode[] {
  // Changes from Yjs are committed in a microtask unless somebody asks for it now.
  editor.update(() => undefined, { discrete: true });
  const { children } = editor.getEditorState().toJSON().root;
  // Plain copies: what is stored must not depend on what Lexical does with its own objects.
  return structuredClone(children);
}

function orEmpty(nodes: readonly unknown[]): unknown[] {
  return nodes.length > 0 ? [...nodes] : emptySection();
}

function setChildren(editor: LexicalEditor, nodes: readonly unknown[]): void {
  const present = childrenOf(editor).map(canonical);
  const wanted = nodes.map(canonical);
  const shorter = Math.min(present.length, wanted.length);
  let start = 0;
  while (start < shorter && present[start] === wanted[start]) start += 1;
  let end = 0;
  while (end < shorter - start && present.at(-1 - end) === wanted.at(-1 - end)) end += 1;
  editor.update(
    () => {
      const root = $getRoot();
      const gone = present.length - start - end;
      // Serialised nodes come from the database or from `nodesFromBlocks`; Lexical itself refuses types that it does not know.
      const fresh = nodes.slice(start, nodes.length - end).map((node) => $parseSerializedNode(node as SerializedLexicalNode));
      root.splice(start, gone, fresh);
    },
    { discrete: true },
  );
}

/** One spelling for equal nodes: whoever stored them, PostgreSQL for one, may have put their properties in another order. */
function canonical(node: unknown): string {
  return JSON.stringify(node, (_key, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value,
  );
}

/** A provider that hears and says nothing: bindings ask for one to draw cursors. */
const deaf: Provider = {
  awareness: { getLocalState: () => null, getStates: () => new Map(), off: () => undefined, on: () => undefined, setLocalState: () => undefined, setLocalStateField: () => undefined },
  connect: () => undefined,
  disconnect: () => undefined,
  off: () => undefined,
  on: () => undefined,
};
