import { createClient } from "@redis/client";
import { newId } from "#db/ids.ts";
import type { Wire, WireKind, WireWords } from "./wire.ts";

/** One channel for all: which installation it is, the address says. */
const CHANNEL = "tongyan";
const GAP_EVERY_MS = 1_000;

interface Envelope {
  from: string;
  kind: WireKind | "gap";
  word?: unknown;
}

/**
 * The line between processes over Redis' publish and subscribe: nothing is kept there. Comes back by itself when Redis does.
 *
 * @param url `redis://…` or `rediss://…`
 * @param report told once each time the line goes away
 */
export function redisWire(url: string, report: (error: unknown, doing: string) => void): Wire {
  const self = newId();
  const listeners = new Map<WireKind, ((word: never, from: string) => void)[]>();
  const gapListeners: (() => void)[] = [];
  // Without an answer within seconds the line counts as gone, even where nobody closed it.
  const options = { url, disableOfflineQueue: true, pingInterval: 2_000, socket: { connectTimeout: 2_000, socketTimeout: 6_000, reconnectStrategy: (tries: number) => Math.min(tries * 100, 1_000) } } as const;
  const mouth = createClient(options);
  const ear = createClient(options);
  let away: string | undefined = "not connected yet";
  let closed = false;

  const gap = () => {
    for (const listener of gapListeners) listener();
  };
  const gone = (error: unknown) => {
    if (closed) return;
    if (away === undefined) report(error, "the line to the other processes");
    away = error instanceof Error ? error.message || error.name : String(error);
  };
  const back = () => {
    if (!mouth.isReady || !ear.isReady || away === undefined) return;
    away = undefined;
    gap();
    // What others were to hear from here is lost for them as well.
    send({ from: self, kind: "gap" });
  };
  const send = (envelope: Envelope) => void (mouth.isReady ? mouth.publish(CHANNEL, JSON.stringify(envelope)).catch(gone) : undefined);
  const hear = (text: string) => {
    const { from, kind, word } = JSON.parse(text) as Envelope; // only our own processes may write there
    if (from === self) return;
    if (kind === "gap") return gap();
    for (const listener of listeners.get(kind) ?? []) listener(word as never, from);
  };
  for (const client of [mouth, ear]) client.on("error", gone).on("ready", back);
  // A Redis that is not there yet keeps nobody from starting.
  mouth.connect().catch(gone);
  void ear.connect().then(() => ear.subscribe(CHANNEL, hear)).then(back, gone);
  const whileAway = setInterval(() => void (away !== undefined && gap()), GAP_EVERY_MS);
  whileAway.unref();

  return {
    say: (kind, word) => send({ from: self, kind, word }),
    on<Kind extends WireKind>(kind: Kind, listener: (word: WireWords[Kind], from: string) => void) {
      listeners.set(kind, [...(listeners.get(kind) ?? []), listener]);
    },
    onGap: (listener) => void gapListeners.push(listener),
    state: () => (away === undefined ? { ready: true } : { ready: false, reason: away }),
    close: async () => {
      closed = true;
      clearInterval(whileAway);
      for (const client of [mouth, ear]) client.destroy();
    },
  };
}
