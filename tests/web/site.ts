import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { request as ask } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readLoginName } from "#app/people/login-name.ts";
import { sealedLogin } from "#app/people/register.server.ts";
import { insertPerson } from "#db/identities.ts";
import { newId } from "#db/ids.ts";
import { openDb } from "#db/open.ts";
import type { Db } from "#db/types.ts";
import { makeSessions } from "#server/sessions.ts";
import { SECRET as SHORT } from "#tests/context.ts";
import { running } from "#tests/e2e/running.ts";
import { EVENING } from "#tests/factories.ts";

const SECRET = SHORT.repeat(2);
export const PASSWORD = "一起备好每一节课";

/** Stands in every name, as somebody would write it who hopes that it runs. */
export const MARKUP = "</script><img src=x>";

export interface Answered {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  body: string;
}

export interface Site {
  url: string;
  publicUrl: string;
  /** One session's cookies for each of its people. */
  cookies: string[];
  /** Their logins, in the same order; all have `PASSWORD`. */
  logins: string[];
  /** Every line of the server's log so far. */
  said(): string;
  close(): Promise<void>;
  /** A request with exactly these headers; an act comes from one of our own pages unless they say otherwise. */
  ask(path: string, given?: { method?: string; cookie?: string; form?: Record<string, string>; sent?: Buffer; headers?: Record<string, string> }): Promise<Answered>;
}

export interface SiteOptions {
  publicUrl?: string;
  people?: number;
  /** Puts into the database what its people, by their ids, are to find there. */
  furnish?(db: Db, people: readonly string[]): Promise<void>;
  env?: Record<string, string>;
}

/** The real server in a process of its own, in production, with confirmed teachers who are signed in. One is enough for a file of tests. */
export async function aSite(given: SiteOptions = {}): Promise<Site> {
  const publicUrl = given.publicUrl ?? "http://tongyan.example";
  const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "tongyan-site-"));
  const database = join(folder, "site.sqlite");
  const { cookies, logins } = await peopleIn(database, publicUrl, given);
  const server = await running({ mode: "production", dataDir: folder, env: { DATABASE_URL: database, SECRET, PUBLIC_URL: publicUrl, LOG_LEVEL: "info", ...given.env } });
  return {
    url: server.url,
    publicUrl,
    cookies,
    logins,
    said: () => server.said(),
    close: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
    ask: (path, { method = "GET", cookie, form, sent: bytes, headers = {} } = {}) =>
      new Promise((resolve, reject) => {
        const body = form ? new URLSearchParams(form).toString() : bytes;
        const all = { host: new URL(publicUrl).host, ...(cookie && { cookie }), ...(body !== undefined && { origin: publicUrl, "content-type": "application/x-www-form-urlencoded", "content-length": String(Buffer.byteLength(body)) }), ...headers };
        const sent = ask(server.url + path, { method: body === undefined ? method : "POST", headers: all, agent: false }, (response) => {
          let text = "";
          response.setEncoding("utf8").on("data", (piece: string) => (text += piece)).on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
        });
        sent.on("error", reject).end(body);
      }),
  };
}

async function peopleIn(database: string, publicUrl: string, { people: count = 1, furnish }: SiteOptions): Promise<{ cookies: string[]; logins: string[] }> {
  const open = await openDb(database);
  const sessions = makeSessions(open, SECRET, publicUrl);
  const passwordHash = await sessions.hash(PASSWORD);
  const [people, cookies, logins] = [[] as string[], [] as string[], [] as string[]];
  for (let no = 0; no < count; no += 1) {
    const id = newId();
    const login = readLoginName(`teacher${no}@example.cn`);
    if (!login) throw new Error("no login");
    await insertPerson(open.db, { id, name: `教师${no}${MARKUP}`, schoolId: null, stages: ["primary"], subjects: ["mathematics"], locale: "zh-CN", passwordHash, verified: { by: null, at: EVENING }, ...sealedLogin(sessions, login) }, EVENING);
    const set = await sessions.open(new Request(publicUrl), id);
    cookies.push(set.getSetCookie().map((one) => one.split(";")[0]).join("; "));
    logins.push(login.normalised);
    people.push(id);
  }
  await furnish?.(open.db, people);
  await open.close();
  return { cookies, logins };
}
