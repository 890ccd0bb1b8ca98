import { posix } from "node:path";
import type { Archive } from "#app/files/archive.ts";
import { WordRefused } from "./refused.ts";
import { readNumbering } from "./numbering.ts";
import type { Numbering } from "./numbering.ts";
import { readStyles } from "./styles.ts";
import type { Styles } from "./styles.ts";
import type { Xml } from "./xml.ts";
import { elementsOf, parseXml } from "./xml.ts";

/** One XML part of the document, and what its relations point at. */
export interface Part {
  xml: Xml;
  /** By relation id: a path inside the archive, or an address outside. */
  relations: Map<string, Relation>;
  /** By path: the pictures of this part as they lie in the file, and the XML of its diagrams and charts. */
  pictures: Map<string, Uint8Array>;
  drawings: Map<string, Xml>;
}

export interface Relation {
  type: string;
  target: string;
  external: boolean;
}

export interface WordPackage {
  main: Part;
  styles: Styles;
  numbering: Numbering;
  footnotes: Part | undefined;
  endnotes: Part | undefined;
  comments: Part | undefined;
  headersAndFooters: Part[];
}

/** Bytes of one XML part, unpacked: a plan of 10,000 paragraphs has 5 million. */
const LARGEST_PART = 24 << 20;

/** @throws WordRefused `not_word`, `word_broken` or `word_too_complex` */
export async function openWord(archive: Archive): Promise<WordPackage> {
  const top = await readRelations(archive, "_rels/.rels", "");
  const mainPath = [...top.values()].find((relation) => relation.type.endsWith("/officeDocument"))?.target ?? "word/document.xml";
  const main = await readPart(archive, mainPath);
  if (!main || main.xml.name !== "w:document") throw new WordRefused("not_word");
  const related = (type: string) => [...main.relations.values()].filter((relation) => !relation.external && relation.type.endsWith(`/${type}`)).map((relation) => relation.target);
  const first = async (type: string) => {
    const [path] = related(type);
    return path === undefined ? undefined : readPart(archive, path);
  };
  const edges = await Promise.all([...related("header"), ...related("footer")].map((path) => readPart(archive, path)));
  return {
    main,
    styles: readStyles((await first("styles"))?.xml),
    numbering: readNumbering((await first("numbering"))?.xml),
    footnotes: await first("footnotes"),
    endnotes: await first("endnotes"),
    comments: await first("comments"),
    headersAndFooters: edges.filter((part) => part !== undefined),
  };
}

async function readPart(archive: Archive, path: string): Promise<Part | undefined> {
  const bytes = await archive.read(path);
  if (!bytes) return undefined;
  if (bytes.byteLength > LARGEST_PART) throw new WordRefused("word_too_complex");
  const relations = await readRelations(archive, posix.join(posix.dirname(path), "_rels", `${posix.basename(path)}.rels`), posix.dirname(path));
  const part: Part = { xml: parseXml(bytes), relations, pictures: new Map(), drawings: new Map() };
  for (const { type, target, external } of relations.values()) {
    if (external || !/\/(image|diagramData|chart)$/.test(type)) continue;
    const found = await archive.read(target);
    if (!found) continue;
    if (type.endsWith("/image")) part.pictures.set(target, found);
    else if (found.byteLength <= LARGEST_PART) part.drawings.set(target, parseXml(found));
  }
  return part;
}

async function readRelations(archive: Archive, path: string, base: string): Promise<Map<string, Relation>> {
  const bytes = await archive.read(path);
  const relations = new Map<string, Relation>();
  if (!bytes) return relations;
  for (const { attributes } of elementsOf(parseXml(bytes))) {
    const external = attributes.TargetMode === "External";
    const target = attributes.Target ?? "";
    relations.set(attributes.Id ?? "", { type: attributes.Type ?? "", external, target: external ? target : target.startsWith("/") ? target.slice(1) : posix.join(base, target) });
  }
  return relations;
}
