import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { SearchEngine } from "#search/engine.ts";
import type { Files } from "./files/files.ts";
import type { Spend } from "./http/costly.ts";
import type { Operations } from "./operations/operations.ts";
import type { Sessions } from "./people/sessions.ts";
import type { Documents } from "./plans/documents.ts";
import type { WordReader } from "./plans/word.ts";
import type { LiveRooms } from "./seminars/live-rooms.ts";
import type { SeminarRooms } from "./seminars/seminar-rooms.ts";

/** What a loader or action may reach besides its request. Built per request in `server/web.ts`; tests build their own. */
export interface AppContext {
  db: Db;
  /** Who asks, or null; looked up once a request, and `anew` after what took long. */
  viewer(how?: "anew"): Promise<Viewer | null>;
  sessions: Sessions;
  search: SearchEngine;
  files: Files;
  documents: Documents;
  word: WordReader;
  live: LiveRooms;
  rooms: SeminarRooms;
  site: Site;
  operations: Operations;
  /** Writes a fault into the log, once, under this request's number. */
  fault(error: unknown): void;
  /** Shown to the reader of an error page and written beside the fault in the log. */
  requestId: string;
  nonce: string;
  /** Asked before a costly act: of a person once she was looked up, else of the address. */
  spend: Spend;
}

export interface Site {
  /** Where people reach this installation, without a slash at the end. */
  publicUrl: string;
  /** The demonstration offers one-click sign-in as each of its people. */
  demo: boolean;
  /** Whether mail can be sent; without it a reset link is in the log, and the page says so. */
  mail: boolean;
}

declare module "@remix-run/server-runtime" {
  interface AppLoadContext extends AppContext {}
}
