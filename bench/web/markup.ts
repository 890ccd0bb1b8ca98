/** An element as React is given it, or text. */
export type Node = string | { tag: string; attributes: Record<string, string | true>; children: Node[] };

const VOID = new Set(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]);
const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#x27": "'" };

/** Reads what React has written, which is as regular as no other HTML; scripts and comments are left out. */
export function readMarkup(html: string): Node {
  const root = { tag: "", attributes: {}, children: [] as Node[] };
  const open = [root];
  const pieces = html.replace(/<script[^]*?<\/script>|<!--[^]*?-->|<!DOCTYPE[^>]*>/gi, "").matchAll(/<(\/?)([\w-]+)((?:\s+[^\s=>/]+(?:="[^"]*")?)*)\s*(\/?)>|([^<]+)/g);
  for (const [, end, tag = "", written = "", closed, text] of pieces) {
    const inside = open.at(-1) ?? root;
    if (text !== undefined) inside.children.push(plain(text));
    else if (end) open.pop();
    else {
      const element = { tag, attributes: attributesOf(written), children: [] as Node[] };
      inside.children.push(element);
      if (!closed && !VOID.has(tag)) open.push(element);
    }
  }
  const [document] = root.children;
  if (!document || open.length !== 1) throw new Error("This is not a page as React writes it.");
  return document;
}

function attributesOf(written: string): Record<string, string | true> {
  const found: Record<string, string | true> = {};
  for (const [, name = "", value = ""] of written.matchAll(/([^\s=]+)(?:="([^"]*)")?/g)) found[NAMES[name] ?? name] = value === "" && !name.includes("-") && name !== "value" ? true : plain(value);
  return found;
}

/** Where React wants the name of the property. */
const NAMES: Record<string, string> = { class: "className", for: "htmlFor", selected: "aria-selected", charset: "charSet" };

function plain(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#x27);/g, (_all, name: string) => ENTITIES[name] ?? "");
}
