import { dispose, Room } from "@livekit/rtc-node";
import { afterAll, onTestFinished } from "vitest";
import { openDoorway } from "./doorway.ts";
import { cookieOf } from "./livekit.ts";

/** Somebody with a real WebRTC client in the room, through the gate. */
export async function aParticipant(origin: string, person: { id: string }, token: string): Promise<Room> {
  const room = new Room();
  await room.connect(await aDoorway(origin, person), token, { autoSubscribe: true, dynacast: false });
  onTestFinished(() => room.disconnect());
  return room;
}

/** Call it in a test file that has participants: their native part ends with it. */
export function withParticipants(): void {
  afterAll(() => dispose());
}

async function aDoorway(origin: string, person: { id: string }): Promise<string> {
  const { url, server } = await openDoorway(origin, () => cookieOf(person));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return url;
}
