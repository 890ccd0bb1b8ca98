/** Readers of one document in a process of their own, forked by the bench with `Crowd` in its first word. */
import { openPage } from "../collab/page.ts";
import { Delays } from "./delays.ts";
import { marksIn, sharedNow } from "./mark.ts";

export interface Crowd {
  port: number;
  document: string;
  /** One for each reader. */
  cookies: readonly string[];
}

/** What came in one phase. */
export interface Heard {
  /** Marks that came in their order, by all readers together. */
  inOrder: number;
  /** Marks that came twice, or after one that should have come later. */
  outOfOrder: number;
  delays: readonly number[];
}

const AT_ONCE = 10;

const { port, document, cookies } = JSON.parse(process.argv[2] ?? "") as Crowd; // as the bench writes it
const heard = new Map<number, { inOrder: number; outOfOrder: number; delays: Delays }>();
const waiting = [...cookies];

await Promise.all(Array.from({ length: AT_ONCE }, async () => {
  for (let cookie = waiting.pop(); cookie !== undefined; cookie = waiting.pop()) await aReader(cookie);
}));
process.on("message", (phase: number) => {
  const { delays, ...counts } = of(phase);
  process.send?.({ ...counts, delays: delays.counts } satisfies Heard);
});
process.send?.("here");

async function aReader(cookie: string): Promise<void> {
  const page = await openPage(port, { cookie, document });
  const next = new Map<string, number>();
  page.onlyListen((frame) => {
    for (const { phase, writer, no, at } of marksIn(frame)) {
      const all = of(phase);
      const expected = next.get(`${phase}:${writer}`) ?? 0;
      if (no !== expected) {
        all.outOfOrder += 1;
        continue;
      }
      next.set(`${phase}:${writer}`, no + 1);
      all.inOrder += 1;
      all.delays.add(sharedNow() - at);
    }
  });
}

function of(phase: number) {
  const known = heard.get(phase) ?? { inOrder: 0, outOfOrder: 0, delays: new Delays() };
  heard.set(phase, known);
  return known;
}
