import type { Page } from "playwright-core";

/** Bytes over the wire until a page can be read and used, headers and all, packed as a browser takes it from its own machine and by https. */
export interface Weight {
  /** The page, its styles, and every script that it runs before it is alive. */
  bytes: number;
  script: number;
  requests: number;
}

/** What a page and its test tell each other. */
interface Told {
  pageIsAlive?: (payload: string) => void;
  /** React tells the developers' tools of each commit, if there are any. */
  __REACT_DEVTOOLS_GLOBAL_HOOK__?: object;
}

interface Piece {
  script: boolean;
  /** Asked for before the page was alive. */
  early: boolean;
  bytes: number;
  done: boolean;
  url: string;
}

const PATIENCE_MS = 60_000;

/**
 * Gives what opens an address with nothing in the browser's cache and waits until no more comes. What is asked for after the first commit
 * of React (the editor, the picture of a seminar) keeps nobody from reading, so it has no weight.
 */
export async function opener(page: Page): Promise<(address: string) => Promise<{ status: number; weight: Weight }>> {
  const devtools = await page.context().newCDPSession(page);
  const pieces = new Map<string, Piece>();
  let alive = false;
  devtools.on("Network.requestWillBeSent", ({ requestId, type, request }) => {
    if (!request.url.startsWith("data:") && !request.url.startsWith("blob:")) pieces.set(requestId, { script: type === "Script", early: !alive, bytes: 0, done: false, url: request.url });
  });
  const end = (requestId: string, bytes: number) => {
    const piece = pieces.get(requestId);
    if (piece) Object.assign(piece, { bytes, done: true });
  };
  devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => end(requestId, encodedDataLength));
  devtools.on("Network.loadingFailed", ({ requestId }) => end(requestId, 0));
  devtools.on("Runtime.bindingCalled", ({ name }) => {
    if (name === "pageIsAlive") alive = true;
  });
  await devtools.send("Network.enable");
  await devtools.send("Network.setCacheDisabled", { cacheDisabled: true });
  await devtools.send("Runtime.enable");
  await devtools.send("Runtime.addBinding", { name: "pageIsAlive" });
  await page.addInitScript(() => {
    let told = false;
    const tell = () => {
      if (!told) (window as Told).pageIsAlive?.("");
      told = true;
      document.documentElement.setAttribute("data-alive", "");
    };
    (window as Told).__REACT_DEVTOOLS_GLOBAL_HOOK__ = { supportsFiber: true, inject: () => 1, onCommitFiberRoot: tell, onCommitFiberUnmount: () => undefined };
  });
  return async (address) => {
    pieces.clear();
    alive = false;
    const response = await page.goto(address);
    await page.locator("html[data-alive]").waitFor({ state: "attached" });
    const under = () => [...pieces.values()].filter((piece) => !piece.done);
    const until = Date.now() + PATIENCE_MS;
    do {
      if (Date.now() > until) throw new Error(`${address} is never at rest: ${under().map((piece) => piece.url).join(", ")}`);
      await atRest(page);
    } while (under().length > 0);
    const early = [...pieces.values()].filter((piece) => piece.early);
    return { status: response?.status() ?? 0, weight: { bytes: sum(early), script: sum(early.filter((piece) => piece.script)), requests: early.length } };
  };
}

/** Until effects have run and what they changed is painted. */
export async function atRest(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((rest) => requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(rest)))));
}

function sum(pieces: readonly Piece[]): number {
  return pieces.reduce((bytes, piece) => bytes + piece.bytes, 0);
}
