import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import WebSocket from "ws";
import * as Y from "yjs";

/** A page that has one plan open, with a socket of its own: the same client for every server. */
export interface Page {
  doc: Y.Doc;
  /** Updates that the server has not acknowledged yet. */
  unacknowledged(): number;
  onAcknowledged(told: (unacknowledged: number) => void): void;
  close(): void;
}

const PATIENCE_MS = 30_000;

/** @returns once the document has come */
export async function openPage(port: number, person: string): Promise<Page> {
  const doc = new Y.Doc({ gc: false });
  const headers = { origin: `http://127.0.0.1:${port}`, cookie: `person=${person}` };
  class Socket extends WebSocket {
    constructor(url: string | URL) {
      super(url, { headers });
    }
  }
  const websocketProvider = new HocuspocusProviderWebsocket({ url: `ws://127.0.0.1:${port}/collab`, WebSocketPolyfill: Socket, delay: 100, minDelay: 100 });
  const provider = new HocuspocusProvider({ websocketProvider, name: "plan:01JPLAN", document: doc });
  provider.attach();
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("the document did not come")), PATIENCE_MS);
    const look = () => {
      if (!provider.synced || provider.unsyncedChanges > 0) return;
      clearTimeout(timer);
      resolve();
    };
    provider.on("synced", look);
    provider.on("unsyncedChanges", look);
  });
  return {
    doc,
    unacknowledged: () => provider.unsyncedChanges,
    onAcknowledged: (told) => void provider.on("unsyncedChanges", ({ number }: { number: number }) => told(number)),
    close: () => {
      provider.destroy();
      websocketProvider.destroy();
    },
  };
}
