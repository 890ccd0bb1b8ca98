import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import type { SearchDocument } from "#search/engine.ts";

/** The bare baseline: one FTS5 table with SQLite's own trigram tokenizer; shorter words, which it cannot look up, by LIKE. */
export function openPlain() {
  const folder = mkdtempSync(join(tmpdir(), "tongyan-plain-"));
  const path = join(folder, "plain.sqlite");
  const db = new Database(path);
  db.pragma("journal_mode = wal");
  db.pragma("synchronous = normal");
  db.pragma("mmap_size = 4294967296");
  db.exec("create virtual table plain using fts5(title, body, tokenize = 'trigram')");
  const insert = db.prepare("insert into plain (title, body) values (?, ?)");
  const version = String(db.prepare("select sqlite_version()").pluck().get());
  return {
    name: "baseline: FTS5 trigram and LIKE",
    version,
    put(documents: readonly SearchDocument[]): void {
      db.transaction(() => {
        for (const { title, sections, body } of documents) insert.run(title, [...sections.map((section) => section.text), body].join("\n"));
      })();
    },
    /** The first twenty titles, best first where the index says which, and how many there are. */
    search(text: string): { total: number; titles: unknown[] } {
      const words = text.split(/\s+/).filter(Boolean);
      const long = words.filter((word) => Array.from(word).length > 2);
      const short = words.filter((word) => Array.from(word).length <= 2);
      const where = [...(long.length > 0 ? ["plain match ?"] : []), ...short.map(() => "(title like ? or body like ?)")].join(" and ");
      const values = [...(long.length > 0 ? [long.map((word) => `"${word.replaceAll('"', '""')}"`).join(" and ")] : []), ...short.flatMap((word) => [`%${word}%`, `%${word}%`])];
      const titles = db.prepare(`select title from plain where ${where} ${long.length > 0 ? "order by rank" : ""} limit 20`).all(...values);
      return { total: Number(db.prepare(`select count(*) from plain where ${where}`).pluck().get(...values)), titles };
    },
    bytes: () => statSync(path).size,
    close(): void {
      db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
