import { useCallback, useEffect, useRef, useState } from "react";
import { BEAT_MS, DEAD_MS, ROOM_CLOSE, type ToPage, type ToRoom } from "./room-protocol.ts";

export type LineState = "connecting" | "in" | "waiting" | "cut" | "removed" | "over" | "signedOut";

const LONGEST_PAUSE_MS = 15_000;

/**
 * The room's own line: it is what counts as being there for whoever has no picture and sound.
 *
 * @param onNews hears everything but beats
 * @param lastMessage the last message that is known, so that the room tells what came after
 * @returns `tell` says whether the order could be sent
 */
export function useRoomLine(seminarId: string, onNews: (news: ToPage) => void, lastMessage: () => string | undefined): { state: LineState; tell(order: ToRoom): boolean } {
  const [state, setState] = useState<LineState>("connecting");
  const line = useRef<WebSocket | null>(null);
  const now = useRef({ onNews, lastMessage });
  now.current = { onNews, lastMessage };
  useEffect(() => {
    let ended = false;
    let pause = 1_000;
    let heardAt = Date.now();
    let again: ReturnType<typeof setTimeout> | undefined;
    const open = () => {
      const after = now.current.lastMessage();
      const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/room?seminar=${encodeURIComponent(seminarId)}${after ? `&after=${after}` : ""}`);
      line.current = socket;
      heardAt = Date.now();
      socket.onmessage = ({ data }) => {
        heardAt = Date.now();
        const message = JSON.parse(String(data)) as ToPage; // our own server's protocol
        if (message.type === "beat") return;
        pause = 1_000;
        now.current.onNews(message);
        if (message.type === "welcome") setState("in");
        if (message.type === "waiting") setState("waiting");
      };
      socket.onclose = ({ code }) => {
        if (ended) return;
        if (code === ROOM_CLOSE.notAllowed) return setState("removed");
        if (code === ROOM_CLOSE.over) return setState("over");
        if (code === ROOM_CLOSE.signedOut) return setState("signedOut");
        setState("cut");
        again = setTimeout(open, pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      };
    };
    const atOnce = () => {
      if (line.current?.readyState !== WebSocket.CLOSED) return;
      clearTimeout(again);
      pause = 1_000;
      open();
    };
    open();
    addEventListener("online", atOnce);
    const beat = setInterval(() => {
      const socket = line.current;
      if (socket?.readyState !== WebSocket.OPEN) return;
      if (Date.now() - heardAt > DEAD_MS) socket.close();
      else socket.send(JSON.stringify({ type: "beat" } satisfies ToRoom));
    }, BEAT_MS);
    return () => {
      ended = true;
      removeEventListener("online", atOnce);
      clearInterval(beat);
      clearTimeout(again);
      line.current?.close();
    };
  }, [seminarId]);
  const tell = useCallback((order: ToRoom) => {
    const socket = line.current;
    if (socket?.readyState !== WebSocket.OPEN) return false;
    socket.send(JSON.stringify(order));
    return true;
  }, []);
  return { state, tell };
}
