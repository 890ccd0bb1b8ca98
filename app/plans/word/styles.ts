import type { Xml } from "./xml.ts";
import { child, elementsOf, value } from "./xml.ts";

export interface Style {
  /** 1 to 9 for headings; 0 for the title of the document. */
  headingLevel?: number;
  bold?: boolean;
  centred?: boolean;
  numbering?: { id: string; level: number };
}

export interface Styles {
  paragraph(id: string | undefined): Style;
}

/** What of a paragraph style matters to us, with what it inherits. */
export function readStyles(xml: Xml | undefined): Styles {
  const byId = new Map<string, Xml>();
  let standard: string | undefined;
  for (const style of xml ? elementsOf(xml) : []) {
    const id = style.attributes["w:styleId"];
    if (style.name !== "w:style" || id === undefined) continue;
    byId.set(id, style);
    if (style.attributes["w:type"] === "paragraph" && isOn(style.attributes["w:default"])) standard = id;
  }
  const known = new Map<string, Style>();
  const resolve = (id: string, seen: Set<string>): Style => {
    const done = known.get(id);
    if (done) return done;
    const style = byId.get(id);
    if (!style || seen.has(id)) return {};
    const base = value(style, "w:basedOn");
    const resolved = { ...(base === undefined ? {} : resolve(base, seen.add(id))), ...own(style) };
    known.set(id, resolved);
    return resolved;
  };
  return {
    paragraph: (id = standard) => (id === undefined ? {} : resolve(id, new Set())),
  };
}

/** `w:b` without a value means yes; `0`, `false` and `none` mean no. */
export function isOn(word: string | undefined): boolean {
  return word !== undefined && !["0", "false", "off", "none"].includes(word);
}

/** A switch such as `w:b` inside properties: undefined when it is not said. */
export function flagIn(properties: Xml | undefined, name: string): boolean | undefined {
  const found = child(properties, name);
  return found && isOn(found.attributes["w:val"] ?? "1");
}

export function numberingIn(paragraphProperties: Xml | undefined): { id: string; level: number } | undefined {
  const numbering = child(paragraphProperties, "w:numPr");
  const id = value(numbering, "w:numId");
  return id === undefined ? undefined : { id, level: Math.min(8, Number(value(numbering, "w:ilvl") ?? 0) || 0) };
}

function own(style: Xml): Style {
  const found: Style = {};
  const name = value(style, "w:name")?.toLowerCase() ?? "";
  const properties = child(style, "w:pPr");
  const outline = value(properties, "w:outlineLvl");
  const level = /^(?:heading|标题) ?([1-9])$/.exec(name)?.[1];
  if (name === "title" || name === "标题") found.headingLevel = 0;
  else if (level) found.headingLevel = Number(level);
  else if (outline !== undefined && Number(outline) < 9) found.headingLevel = Number(outline) + 1;
  const bold = flagIn(child(style, "w:rPr"), "w:b");
  if (bold !== undefined) found.bold = bold;
  const alignment = value(properties, "w:jc");
  if (alignment !== undefined) found.centred = alignment === "center";
  const numbering = numberingIn(properties);
  if (numbering) found.numbering = numbering;
  return found;
}
