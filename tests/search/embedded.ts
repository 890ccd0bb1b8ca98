import { onTestFinished } from "vitest";
import type { SearchEngine } from "#search/engine.ts";
import { openSqliteSearch } from "#search/sqlite.ts";
import { aFolder } from "#tests/processes/parts.ts";

/** An embedded engine in a folder of its own, or in one that others have open as well; closed after the test. */
export function anEngine(folder = aFolder()): SearchEngine {
  const engine = openSqliteSearch({ folder });
  onTestFinished(() => engine.close());
  return engine;
}
