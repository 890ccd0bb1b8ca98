import { Agent, request } from "node:http";
import { kindAt, nextPage, PAGES_A_VISIT, type Kind, type Places } from "./mix.ts";

/** A browser: what it was given to keep, and how many pages it still opens. */
interface Visitor {
  kind: Kind;
  cookies: Map<string, string>;
  left: number;
}

export interface Replayed {
  pages: number;
  errors: number;
  /** Browsers that were answered their first page. */
  visits: number;
  /** From when a page was due until its last byte, so that a server which falls behind cannot hide it. */
  ms: number[];
}

const TICK_MS = 5;

export interface Crowd {
  url: string;
  places: Places;
  /** Cookies of those who sign in. */
  sessions: readonly string[];
  random(): number;
}

/** Sends so many pages a second on a clock that does not wait for answers, from browsers that open one page at a time. */
export async function send({ url, places, sessions, random }: Crowd, rate: number, seconds: number): Promise<Replayed> {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const told: Replayed = { pages: 0, errors: 0, visits: 0, ms: [] };
  /** Browsers that wait for their reader, by kind. */
  const idle: Record<Kind, Visitor[]> = { anonymous: [], signedIn: [], search: [] };
  const open = new Set<Promise<void>>();
  const from = performance.now();
  let sent = 0;
  const one = (due: number) => {
    const kind = kindAt(random());
    // A twelfth of all pages begins a visit, once as many are about as one of twelve pages needs.
    const [visitor = newcomer(kind, sessions, random)] = random() < 1 / PAGES_A_VISIT ? [] : idle[kind].splice(Math.floor(random() * idle[kind].length), 1);
    const asking = ask(agent, url + nextPage(kind, places, random), visitor, told, due).then(() => {
      if (visitor.left > 0) idle[kind].push(visitor);
    });
    open.add(asking);
    void asking.finally(() => open.delete(asking));
  };
  while (sent < rate * seconds) {
    const now = performance.now();
    for (let due = from + (sent * 1_000) / rate; due <= now && sent < rate * seconds; due = from + (++sent * 1_000) / rate) one(due);
    await new Promise((resume) => setTimeout(resume, TICK_MS));
  }
  await Promise.all(open);
  agent.destroy();
  return told;
}

function newcomer(kind: Kind, sessions: readonly string[], random: () => number): Visitor {
  const session = kind === "signedIn" ? sessions[Math.floor(random() * sessions.length)] : undefined;
  const cookies = new Map((session ?? "").split("; ").filter(Boolean).map((pair): [string, string] => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]));
  return { kind, cookies, left: 2 * PAGES_A_VISIT };
}

function ask(agent: Agent, address: string, visitor: Visitor, told: Replayed, due: number): Promise<void> {
  const begins = !visitor.cookies.has("visit");
  visitor.left -= 1;
  return new Promise((resolve) => {
    const done = (status: number) => {
      told.pages += 1;
      told.ms.push(performance.now() - due);
      if (status !== 200) told.errors += 1;
      else if (begins) told.visits += 1;
      resolve();
    };
    const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const asked = request(address, { agent, headers: { "accept-encoding": "br", "user-agent": "Mozilla/5.0 Firefox/140.0", ...(cookie && { cookie }) } }, (answer) => {
      for (const set of answer.headers["set-cookie"] ?? []) {
        const [pair = ""] = set.split(";");
        visitor.cookies.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
      }
      answer.resume().on("end", () => done(answer.statusCode ?? 0)).on("error", () => done(0));
    });
    asked.on("error", () => done(0)).end();
  });
}
