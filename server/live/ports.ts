import { createServer } from "node:net";
import { createSocket } from "node:dgram";
import { DEFAULT_PORTS, type LivePorts } from "./settings.ts";

/** The wanted ports where they are free, others where they are not. Between the look and the use somebody may take one: then starting fails and is tried again. */
export async function freePorts(wanted: Partial<LivePorts> = {}): Promise<LivePorts> {
  const { http, tcp, udpFrom, udpTo } = { ...DEFAULT_PORTS, ...wanted };
  const width = udpTo - udpFrom;
  const httpPort = await freeTcp(http, "127.0.0.1");
  let tcpPort = await freeTcp(tcp, "0.0.0.0");
  while (tcpPort === httpPort) tcpPort = await freeTcp(0, "0.0.0.0");
  const from = await freeUdp(udpFrom, width);
  return { http: httpPort, tcp: tcpPort, udpFrom: from, udpTo: from + width };
}

async function freeTcp(wanted: number, host: string): Promise<number> {
  return (await tcpPort(wanted, host)) ?? (await tcpPort(0, host)) ?? wanted;
}

function tcpPort(port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen(port, host, () => {
      const address = server.address();
      server.close(() => resolve(address && typeof address === "object" ? address.port : undefined));
    });
  });
}

/** A range whose first and last port are free; the media server steps over taken ones in between. */
async function freeUdp(wanted: number, width: number): Promise<number> {
  let from = wanted;
  for (let tries = 0; tries < 40; tries += 1) {
    if (from > 0 && (await udpFree(from)) && (await udpFree(from + width))) return from;
    from = 20_000 + Math.floor(Math.random() * (40_000 - width));
  }
  return from;
}

function udpFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket("udp4");
    socket.once("error", () => resolve(false));
    socket.bind(port, () => socket.close(() => resolve(true)));
  });
}
