import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import { expect, onTestFinished } from "vitest";
import WebSocket from "ws";
import * as Y from "yjs";
import { DEMO_PASSWORD, demoLogin } from "#server/demo/people.ts";

export const PATIENT = { timeout: 60_000, interval: 50 };

/** A session's cookie, begun at whichever process the door leads to. */
export async function signedIn(url: string, key: string): Promise<string> {
  const response = await fetch(`${url}/sign-in`, { method: "POST", redirect: "manual", headers: { origin: url, connection: "close" }, body: new URLSearchParams({ login: demoLogin(key), password: DEMO_PASSWORD }) });
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(";", 1)[0] ?? "");
  expect(cookies.join()).toContain("session");
  return cookies.join("; ");
}

/** A page that has a plan open over a line to this address. */
export async function aPage(url: string, cookie: string, planId: string) {
  const headers = { origin: url, cookie };
  class Socket extends WebSocket {
    constructor(address: string | URL) {
      super(address, { headers });
    }
  }
  const doc = new Y.Doc({ gc: false });
  const closes: number[] = [];
  const socket = new HocuspocusProviderWebsocket({ url: `${url.replace("http", "ws")}/collab`, WebSocketPolyfill: Socket, delay: 100, minDelay: 100 });
  const provider = new HocuspocusProvider({ websocketProvider: socket, name: `plan:${planId}`, document: doc });
  socket.on("close", ({ event }: { event: { code: number } }) => closes.push(event.code));
  provider.attach();
  onTestFinished(() => {
    provider.destroy();
    socket.destroy();
  });
  await expect.poll(() => provider.synced && provider.unsyncedChanges === 0, PATIENT).toBe(true);
  const list = doc.getArray<string>("typed");
  return { closes, types: (word: string) => list.push([word]), sees: () => list.toArray(), saved: () => expect.poll(() => provider.unsyncedChanges, PATIENT).toBe(0), acknowledged: () => provider.unsyncedChanges === 0 };
}
