import { type Book, findLessonNode, listBooks, listLessonNodes, searchLessonNodes } from "#db/curriculum.ts";
import { isId } from "#db/ids.ts";
import type { Db } from "#db/types.ts";

/** Where somebody is on the way to a lesson of a textbook, read from the address: every step is a page, with or without scripts. */
export async function pickLesson(db: Db, url: URL) {
  const nodeId = url.searchParams.get("node");
  const node = isId(nodeId) ? ((await findLessonNode(db, nodeId)) ?? null) : null;
  const free = url.searchParams.has("free");
  const words = (url.searchParams.get("q") ?? "").trim().slice(0, 40);
  const books = await listBooks(db);
  const chosen = books.find((book) => bookKey(book) === url.searchParams.get("book")) ?? null;
  const nodes = node || free ? [] : words ? await searchLessonNodes(db, words) : chosen ? await listLessonNodes(db, chosen) : [];
  return { node, free, words, book: chosen && bookKey(chosen), books: books.map((book) => ({ ...book, key: bookKey(book) })), nodes };
}

function bookKey(book: Book): string {
  return `${book.editionId}.${book.grade}.${book.volume}`;
}
