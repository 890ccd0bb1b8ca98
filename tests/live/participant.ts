import { createServer, request as ask } from "node:http";
import { dispose, Room } from "@livekit/rtc-node";
import { afterAll, onTestFinished } from "vitest";
import { cookieOf } from "./livekit.ts";

/**
 * A way to our gate for clients that cannot send a cookie: adds the person's, and our origin. What the gate refuses stays refused.
 * It stays when the application behind it goes and comes back.
 */
export async function aDoorway(origin: string, person: { id: string }): Promise<string> {
  const { hostname, port } = new URL(origin);
  const server = createServer((incoming, response) => {
    const passed = ask({ hostname, port, path: incoming.url, headers: { ...incoming.headers, host: `${hostname}:${port}`, cookie: cookieOf(person) } }, (answer) => {
      response.writeHead(answer.statusCode ?? 502);
      answer.pipe(response);
    });
    passed.on("error", () => response.writeHead(502).end());
    passed.end();
  });
  server.on("upgrade", (incoming, socket, head) => {
    socket.on("error", () => socket.destroy());
    const passed = ask({ hostname, port, path: incoming.url, headers: { ...incoming.headers, host: `${hostname}:${port}`, origin, cookie: cookieOf(person) } });
    passed.on("error", () => socket.destroy());
    passed.on("response", (answer) => socket.end(`HTTP/1.1 ${answer.statusCode} Refused\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`, () => socket.destroy()));
    passed.on("upgrade", (answer, inner, innerHead) => {
      let headers = "";
      for (let at = 0; at < answer.rawHeaders.length; at += 2) headers += `${answer.rawHeaders[at]}: ${answer.rawHeaders[at + 1]}\r\n`;
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${headers}\r\n`);
      if (innerHead.length > 0) socket.write(innerHead);
      if (head.length > 0) inner.write(head);
      inner.on("error", () => inner.destroy());
      inner.on("close", () => socket.destroy());
      socket.on("close", () => inner.destroy());
      inner.pipe(socket).pipe(inner);
    });
    passed.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `ws://127.0.0.1:${address && typeof address === "object" ? address.port : 0}`;
}

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
