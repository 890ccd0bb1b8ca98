import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import type { Browser, Page } from "playwright-core";
import WebSocket from "ws";
import * as Y from "yjs";
import type { Block } from "#app/plans/blocks.ts";
import { aContext, startBrowser } from "#tests/e2e/editor-harness/browser.ts";
import { SECTIONS } from "#tests/e2e/editor-harness/people-and-plan.ts";
import { type HarnessServer, startHarness } from "#tests/e2e/editor-harness/server.ts";
import type { Bench, Given } from "./bench.ts";
import { quantile, rounded } from "./numbers.ts";
import { needChromium } from "./process/browser.ts";
import { paragraphOf } from "./province/words.ts";

const PLAN = "plan:typing";
/** Pauses between keys, and between the characters of each of the others. */
const [KEY_EVERY_MS, PEER_EVERY_MS] = [120, 500];

declare global {
  interface Window {
    keyToFrame: number[];
  }
}

/** How long after a key its character is painted, in a long plan in which others write, beside a bare editable page of the same text. */
export const typing: Bench = {
  about: "from a key to the frame that shows its character, in a long plan with others at work",
  options: { characters: 100_000, peers: 5, keys: 200 },
  async run(given) {
    needChromium();
    const paragraphs = textOf(given.option("characters"));
    const server = await startHarness();
    const browser = await startBrowser();
    try {
      await server.make(PLAN, spread(paragraphs));
      const peers = await Promise.all(Array.from({ length: given.option("peers") }, () => aPeer(server, given)));
      const page = await (await aContext(browser, server, "lin")).newPage();
      await page.goto(`${server.url}/whole.html?${new URLSearchParams({ person: "lin", doc: PLAN, edit: "yes" })}`);
      const own = await typed(page, page.getByRole("textbox", { name: SECTIONS[0]?.title ?? "", exact: true }), given);
      const written = peers.map((peer) => peer.stop());
      const bare = await bareTimes(browser, paragraphs, given);
      const ours = { keyToFrameP50Ms: rounded(quantile(own, 0.5)), keyToFrameP95Ms: rounded(quantile(own, 0.95)) };
      const peer = { name: "a bare editable page (baseline), nobody else in it,", version: browser.version(), keyToFrameP50Ms: rounded(quantile(bare, 0.5)), keyToFrameP95Ms: rounded(quantile(bare, 0.95)) };
      return {
        ours,
        peer,
        ratio: { keyToFrameP50Ms: rounded(ours.keyToFrameP50Ms / peer.keyToFrameP50Ms), keyToFrameP95Ms: rounded(ours.keyToFrameP95Ms / peer.keyToFrameP95Ms) },
        samples: own.length,
        broken: [...(own.length < given.option("keys") ? [`only ${own.length} keys were seen`] : []), ...(written.some((count) => count === 0) ? ["somebody wrote nothing"] : []), ...server.takeFaults()],
      };
    } finally {
      await browser.close();
      await server.stop();
    }
  },
};

/** Types at the end of what has the focus, and tells how late each key was seen. */
async function typed(page: Page, into: ReturnType<Page["getByRole"]>, given: Given): Promise<number[]> {
  await into.click();
  await page.keyboard.press("Control+End");
  await page.evaluate(() => {
    window.keyToFrame = [];
    window.addEventListener("keydown", (event) => {
      requestAnimationFrame(() => {
        // A message after the frame's own work: by then it is painted.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => window.keyToFrame.push(performance.now() - event.timeStamp);
        port2.postMessage(0);
      });
    }, true);
  });
  for (let key = 0; key < given.option("keys"); key += 1) {
    await page.keyboard.press("a");
    await new Promise((resolve) => setTimeout(resolve, KEY_EVERY_MS));
  }
  return page.evaluate(() => window.keyToFrame);
}

async function bareTimes(browser: Browser, paragraphs: readonly string[], given: Given): Promise<number[]> {
  const page = await browser.newPage();
  await page.setContent(`<div role="textbox" contenteditable>${paragraphs.map((text) => `<p>${text}</p>`).join("")}</div>`);
  return typed(page, page.getByRole("textbox"), given);
}

/** Somebody who writes on in the last paragraph of one section, without a browser. */
async function aPeer({ url }: HarnessServer, given: Given): Promise<{ stop(): number }> {
  const headers = { origin: url, cookie: "person=he" };
  class Socket extends WebSocket {
    constructor(address: string | URL) {
      super(address, { headers });
    }
  }
  const doc = new Y.Doc({ gc: false });
  const socket = new HocuspocusProviderWebsocket({ url: `${url.replace("http", "ws")}/collab`, WebSocketPolyfill: Socket });
  const provider = new HocuspocusProvider({ websocketProvider: socket, name: PLAN, document: doc });
  provider.attach();
  await new Promise<void>((resolve) => provider.on("synced", () => resolve()));
  const section = SECTIONS[1 + Math.floor(given.random() * (SECTIONS.length - 1))] ?? SECTIONS[0];
  let written = 0;
  const writing = setInterval(() => {
    const root = doc.get(section?.key ?? "", Y.XmlText) as Y.XmlText;
    const last = (root.toDelta() as { insert: unknown }[]).map((piece) => piece.insert).filter((piece): piece is Y.XmlText => piece instanceof Y.XmlText).at(-1);
    if (!last) return;
    last.insert(last.length, "和");
    written += 1;
  }, PEER_EVERY_MS);
  return {
    stop: () => {
      clearInterval(writing);
      provider.destroy();
      socket.destroy();
      return written;
    },
  };
}

function textOf(characters: number): string[] {
  const paragraphs: string[] = [];
  for (let n = 0, left = characters; left > 0; n += 1) {
    const text = paragraphOf("process", n, 1).slice(0, left);
    paragraphs.push(text);
    left -= text.length;
  }
  return paragraphs;
}

/** The paragraphs over all sections of the plan. */
function spread(paragraphs: readonly string[]): Partial<Record<string, readonly Block[]>> {
  const each = Math.ceil(paragraphs.length / SECTIONS.length);
  return Object.fromEntries(SECTIONS.map(({ key }, index) => [key, paragraphs.slice(index * each, (index + 1) * each).map((p) => ({ p }))]));
}
