import { createServer, type IncomingMessage, request as ask, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * A way to our gate for clients that cannot send a cookie: adds one, and our origin. What the gate refuses stays refused.
 * It stays when the application behind it goes and comes back.
 */
export async function openDoorway(origin: string, cookieFor: (request: IncomingMessage) => string): Promise<{ url: string; server: Server }> {
  const { hostname, port } = new URL(origin);
  const passOn = (incoming: IncomingMessage) => ask({ hostname, port, path: incoming.url, headers: { ...incoming.headers, host: `${hostname}:${port}`, origin, cookie: cookieFor(incoming) } });
  const server = createServer((incoming, response) => {
    const passed = passOn(incoming);
    passed.on("response", (answer) => {
      response.writeHead(answer.statusCode ?? 502);
      answer.pipe(response);
    });
    passed.on("error", () => response.writeHead(502).end());
    passed.end();
  });
  server.on("upgrade", (incoming, socket, head) => {
    socket.on("error", () => socket.destroy());
    const passed = passOn(incoming);
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
  const { port: own } = server.address() as AddressInfo; // a TCP server's address is never a string
  return { url: `ws://127.0.0.1:${own}`, server };
}
