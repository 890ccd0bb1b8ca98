import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";

/** Stands where a media server would: has nothing to say, and takes every line that the gate lets through. With a real one the gate is tried in tests/live. */
export async function aMediaServer(): Promise<{ url: string; close(): void }> {
  const server = createServer((_request, response) => void response.setHeader("content-type", "application/json").end("{}"));
  const lines = new WebSocketServer({ server });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      for (const line of lines.clients) line.terminate();
      server.closeAllConnections();
      server.close();
    },
  };
}
