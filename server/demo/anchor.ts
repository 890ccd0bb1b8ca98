import * as Y from "yjs";

/** The two ends of a quotation as Yjs positions (JSON), or null when the words do not stand in one piece of text of the section. */
export function anchorOf(state: Uint8Array, sectionKey: string, quote: string): { start: unknown; end: unknown } | null {
  const doc = new Y.Doc({ gc: false });
  Y.applyUpdate(doc, state);
  const found = findIn(doc.get(sectionKey, Y.XmlText), quote);
  if (!found) return null;
  const at = (index: number, assoc: number) => Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(found.text, index, assoc)) as unknown;
  return { start: at(found.index, 0), end: at(found.index + quote.length, -1) };
}

/** Text nodes are runs of characters behind a map that describes them; every embedded thing counts as one. */
function findIn(text: Y.XmlText, quote: string): { text: Y.XmlText; index: number } | null {
  let index = 0;
  for (const part of text.toDelta() as { insert: unknown }[]) {
    if (typeof part.insert === "string") {
      const at = part.insert.indexOf(quote);
      if (at >= 0) return { text, index: index + at };
      index += part.insert.length;
    } else {
      const inside = part.insert instanceof Y.XmlText ? findIn(part.insert, quote) : null;
      if (inside) return inside;
      index += 1;
    }
  }
  return null;
}
