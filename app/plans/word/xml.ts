import { SaxesParser } from "saxes";
import { WordRefused } from "./refused.ts";

/** One XML element. Names carry the usual prefix of their namespace (`w:p`), whatever prefix the file gave it. */
export interface Xml {
  name: string;
  attributes: Record<string, string>;
  children: (Xml | string)[];
}

/** Word writes some 30 levels for an ordinary table; whoever needs more than this has nested tables for their own sake. */
const DEEPEST = 360;
const MOST_ELEMENTS = 1_500_000;

/**
 * Reads XML as data only: a document type, and with it every entity of its own, is refused before it could do anything.
 *
 * @throws WordRefused `word_broken` or `word_too_complex`
 */
export function parseXml(bytes: Uint8Array): Xml {
  const parser = new SaxesParser({ xmlns: true });
  const root: Xml = { name: "", attributes: {}, children: [] };
  const open: Xml[] = [root];
  let elements = 0;
  parser.on("doctype", () => {
    throw new WordRefused("word_broken");
  });
  parser.on("error", (cause) => {
    throw new WordRefused("word_broken", { cause });
  });
  parser.on("opentag", (tag) => {
    elements += 1;
    if (open.length > DEEPEST || elements > MOST_ELEMENTS) throw new WordRefused("word_too_complex");
    const element: Xml = { name: named(tag.uri, tag.local), attributes: {}, children: [] };
    for (const attribute of Object.values(tag.attributes)) element.attributes[named(attribute.uri, attribute.local)] = attribute.value;
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on("closetag", () => {
    open.pop();
  });
  const addText = (words: string) => {
    if (open.length > 1) open.at(-1)?.children.push(words);
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.write(decode(bytes)).close();
  const [top] = elementsOf(root);
  if (!top) throw new WordRefused("word_broken");
  return top;
}

export function elementsOf(xml: Xml): Xml[] {
  return xml.children.filter((child): child is Xml => typeof child !== "string");
}

/** The first child of that name. */
export function child(xml: Xml | undefined, name: string): Xml | undefined {
  return xml && elementsOf(xml).find((element) => element.name === name);
}

/** `w:val` of the first child of that name. */
export function value(xml: Xml | undefined, name: string): string | undefined {
  return child(xml, name)?.attributes["w:val"];
}

/** All elements of that name below, at any depth, in order; not looking inside those found. */
export function descendants(xml: Xml, name: string): Xml[] {
  return elementsOf(xml).flatMap((element) => (element.name === name ? [element] : descendants(element, name)));
}

export function textOf(xml: Xml): string {
  return xml.children.map((part) => (typeof part === "string" ? part : textOf(part))).join("");
}

const PREFIXES: Record<string, string> = {
  "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
  "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
  "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
  "http://purl.oclc.org/ooxml/officeDocument/math": "m",
  "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
  "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
  "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
  "http://purl.oclc.org/ooxml/drawingml/main": "a",
  "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
  "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
  "http://schemas.openxmlformats.org/drawingml/2006/diagram": "dgm",
  "http://purl.oclc.org/ooxml/drawingml/diagram": "dgm",
  "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
  "http://purl.oclc.org/ooxml/drawingml/chart": "c",
  "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
  "urn:schemas-microsoft-com:vml": "v",
  "urn:schemas-microsoft-com:office:office": "o",
};

function named(uri: string, local: string): string {
  const prefix = PREFIXES[uri];
  return prefix ? `${prefix}:${local}` : local;
}

function decode(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}
