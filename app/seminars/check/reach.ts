/** What came of trying: it comes through, the browser cannot, the server has none, or nothing arrives. */
export type Reached = "good" | "browser" | "server" | "network";

const PATIENCE_MS = 15_000;

/** Whether a line for words can be opened from here: the kind that chat and plan go over, without entering anything. */
export function tryWords(): Promise<Reached> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/collab`);
    const done = (answer: Reached) => {
      clearTimeout(timer);
      resolve(answer);
      socket.close();
    };
    const timer = setTimeout(() => done("network"), PATIENCE_MS);
    socket.onopen = () => done("good");
    socket.onerror = () => done("network");
  });
}

/** Whether media of the server reach this page: it joins a room of its own and leaves it again. */
export async function tryPicture(seminarId: string): Promise<Reached> {
  if (typeof RTCPeerConnection === "undefined") return "browser";
  try {
    const response = await fetch(`/seminars/${seminarId}/check/ticket`, { method: "POST" });
    if (!response.ok) return "server";
    const ticket = (await response.json()) as { token: string; iceServers?: RTCIceServer[] }; // as routes/seminars.$seminarId.check_.ticket answers
    const { Room } = await import("livekit-client");
    const room = new Room();
    try {
      await room.connect(location.origin, ticket.token, { rtcConfig: { iceServers: ticket.iceServers ?? [] }, peerConnectionTimeout: PATIENCE_MS });
      return "good";
    } finally {
      await room.disconnect();
    }
  } catch {
    // Refused, timed out or cut: for whoever sits here it is all the same.
    return "network";
  }
}
