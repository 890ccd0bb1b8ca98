import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import WebSocket from "ws";
import * as Y from "yjs";

/** A page that has one plan open, with a socket of its own: the same client for every server. */
export interface Page {
  doc: Y.Doc;
  /** Updates that the server has not acknowledged yet. */
  unacknowledged(): number;
  onAcknowledged(told: (unacknowledged: number) => void): void;
  /** Calls back whenever the line is closed. */
  onClosed(told: () => void): void;
  /** From here on the page takes nothing more in, and hands over each frame as it came. */
  onlyListen(told: (frame: Buffer) => void): void;
  close(): void;
}

/** Who opens what. */
export interface Guest {
  cookie: string;
  document: string;
}

const PATIENCE_MS = 300_000;

/**
 * @param who a name, for servers on which everybody may write in the one document that there is
 * @returns once the document has come
 */
export async function openPage(port: number, who: string | Guest): Promise<Page> {
  const { cookie, document } = typeof who === "string" ? { cookie: `person=${who}`, document: "plan:01JPLAN" } : who;
  const doc = new Y.Doc({ gc: false });
  const headers = { origin: `http://127.0.0.1:${port}`, cookie };
  let socket: WebSocket | undefined;
  class Socket extends WebSocket {
    constructor(url: string | URL) {
      super(url, { headers });
      socket = this;
      // A page that is closed while its line comes back has nobody else to hear of it.
      this.on("error", () => undefined);
    }
  }
  const websocketProvider = new HocuspocusProviderWebsocket({ url: `ws://127.0.0.1:${port}/collab`, WebSocketPolyfill: Socket, delay: 100, minDelay: 100 });
  const provider = new HocuspocusProvider({ websocketProvider, name: document, document: doc });
  provider.attach();
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("the document did not come")), PATIENCE_MS);
    const look = () => {
      if (!provider.synced || provider.unsyncedChanges > 0) return;
      clearTimeout(timer);
      resolve();
    };
    provider.on("authenticationFailed", ({ reason }: { reason: string }) => reject(new Error(`the document is refused: ${reason}`)));
    provider.on("synced", look);
    provider.on("unsyncedChanges", look);
  });
  return {
    doc,
    unacknowledged: () => provider.unsyncedChanges,
    onAcknowledged: (told) => void provider.on("unsyncedChanges", ({ number }: { number: number }) => told(number)),
    onClosed: (told) => void websocketProvider.on("close", told),
    onlyListen: (told) => {
      socket?.removeAllListeners("message").on("message", (frame: ArrayBuffer) => {
        websocketProvider.lastMessageReceived = Date.now();
        told(Buffer.from(frame));
      });
    },
    close: () => {
      provider.destroy();
      websocketProvider.destroy();
    },
  };
}
