import { useRevalidator } from "@remix-run/react";
import { useCallback, useEffect, useReducer, useRef, useState } from "react";
import type { LiveSource } from "../live-rooms.ts";
import { BEAT_MS, type RoomRefusal, type ToPage, type ToRoom } from "../room-protocol.ts";
import { type LineState, useRoomLine } from "../use-room-line.ts";
import { roomAfter, type RoomNow } from "./room-state.ts";

/** A message of one's own that is not known to be kept. */
export interface Unsent {
  clientKey: string;
  body: string;
  /** Why it was not taken: it waits for the person. Without one it is sent again by itself. */
  refused: RoomRefusal | null;
}

export interface RoomHere {
  now: RoomNow;
  line: LineState;
  unsent: readonly Unsent[];
  /** Why the last order was not followed, until the next. */
  refused: RoomRefusal | null;
  /** What of one's own the host has just switched off. */
  muted: LiveSource | null;
  say(body: string): void;
  /** Takes a message back that was not taken, to be written anew. */
  withdraw(clientKey: string): void;
  order(what: ToRoom): void;
}

const LOOK_AGAIN_MS = 4_000;

/** A room as its page meets it: over its line, and where none holds, by asking again and sending orders as letters. Nothing that was written is forgotten before it is known to be kept. */
export function useRoom(seminarId: string, me: string, loaded: RoomNow): RoomHere {
  const { revalidate } = useRevalidator();
  const [now, tellState] = useReducer(roomAfter, loaded);
  const [unsent, setUnsent] = useState<readonly Unsent[]>([]);
  const [refused, setRefused] = useState<RoomRefusal | null>(null);
  const [muted, setMuted] = useState<LiveSource | null>(null);
  const last = useRef<string>();
  last.current = now.messages.at(-1)?.id;
  const hear = useCallback((news: ToPage) => {
    tellState(news);
    if (news.type === "muted") setMuted(news.source);
    if (news.type !== "refused") return;
    if (news.ask === "say") setUnsent((all) => all.map((one) => (one.clientKey === news.clientKey ? { ...one, refused: news.reason } : one)));
    else setRefused(news.reason);
  }, []);
  const line = useRoomLine(seminarId, hear, () => last.current);
  const holds = line.state === "in";
  useEffect(() => tellState({ type: "loaded", room: loaded, whole: !holds }), [loaded]);
  useEffect(() => {
    // The loader knows where somebody belongs who is no longer in here: to the report, or to the door.
    if (line.state === "over" || line.state === "signedOut") revalidate();
  }, [line.state, revalidate]);

  const byLetter = useCallback(async (what: ToRoom) => {
    const response = await fetch(`/seminars/${seminarId}/orders`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(what) }).catch(() => null);
    if (!response?.ok) return;
    const { refused: reason } = (await response.json()) as { refused?: RoomRefusal }; // as routes/seminars.$seminarId.orders answers
    if (reason) hear({ type: "refused", ask: what.type, reason, ...(what.type === "say" && { clientKey: what.clientKey }) });
    else revalidate();
  }, [seminarId, hear, revalidate]);
  const send = useCallback((what: ToRoom) => {
    if (!line.tell(what)) void byLetter(what);
  }, [line, byLetter]);

  const waiting = useRef(unsent);
  waiting.current = unsent;
  const sendWaiting = useRef(() => undefined as void);
  sendWaiting.current = () => {
    for (const { clientKey, body, refused: no } of waiting.current) if (!no) send({ type: "say", clientKey, body });
  };
  useEffect(() => {
    if (holds) sendWaiting.current();
  }, [holds]);
  useEffect(() => {
    if (line.state !== "cut" && line.state !== "connecting") return;
    const timer = setInterval(() => {
      if (document.visibilityState !== "visible") return;
      sendWaiting.current();
      revalidate();
    }, LOOK_AGAIN_MS);
    const beat = setInterval(() => void byLetter({ type: "beat" }), BEAT_MS);
    return () => {
      clearInterval(timer);
      clearInterval(beat);
    };
  }, [line.state, revalidate, byLetter]);
  useEffect(() => {
    const kept = new Set(now.messages.filter((one) => one.personId === me).map((one) => one.clientKey));
    setUnsent((all) => (all.some((one) => kept.has(one.clientKey)) ? all.filter((one) => !kept.has(one.clientKey)) : all));
  }, [now.messages, me]);

  return {
    now,
    line: line.state,
    unsent,
    refused,
    muted,
    say: (body) => {
      const clientKey = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
      setUnsent((all) => [...all, { clientKey, body, refused: null }]);
      send({ type: "say", clientKey, body });
    },
    withdraw: (clientKey) => setUnsent((all) => all.filter((one) => one.clientKey !== clientKey)),
    order: (what) => {
      setRefused(null);
      setMuted(null);
      send(what);
    },
  };
}
