import { createServer } from "node:http";
import { openDb } from "#db/open.ts";
import { mountLive } from "./mount.ts";

/** The live part as a process of its own, for tests that kill it. Its one argument: `{database, port, dataDir, path}` as JSON. */
interface Given {
  database: string;
  port: number;
  dataDir: string;
  path: string;
}

const { database, port, dataDir, path } = JSON.parse(process.argv[2] ?? "") as Given; // our own test's words
const { db } = await openDb(database);
const httpServer = createServer();
await new Promise<void>((resolve) => httpServer.listen(port, "127.0.0.1", resolve));
const address = httpServer.address();
const origin = `http://127.0.0.1:${address && typeof address === "object" ? address.port : port}`;
const live = mountLive(
  db,
  httpServer,
  origin,
  { dataDir, install: false, loopbackOnly: true, ports: { http: 0, tcp: 0, udpFrom: 0, udpTo: 100 }, webhookUrl: () => `${origin}/live/webhook`, environment: { NODE_ENV: "test", PATH: path, HOME: dataDir } },
  {
    handler: (request, response) => {
      const answer = (body: object) => void response.end(JSON.stringify(body));
      if (request.url === "/state") answer({ ready: live.state().ready, pid: live.pid() });
      else if (request.url === "/ticket") live.rooms.ticket(String(request.headers["x-seminar"]), { id: String(request.headers["x-person"]), name: "老师" }, { speak: true, shareScreen: true }).then(answer, () => answer({}));
      else if (request.url === "/sweep") live.sweep().then(() => answer({}), (error: unknown) => answer({ error: String(error) }));
      else if (request.url === "/stop") live.stop().then(() => process.exit(0), () => process.exit(1));
      else return false;
      return true;
    },
  },
);
console.log(origin);
