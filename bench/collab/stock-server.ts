/** Stock Hocuspocus on an SQLite file: `node stock-server.ts <file>`. Loads and stores as its documentation shows, at its own pace; prints its port. */
import { createServer } from "node:http";
import { Hocuspocus } from "@hocuspocus/server";
import Database from "better-sqlite3";
import { WebSocketServer } from "ws";
import * as Y from "yjs";

const db = new Database(process.argv[2]);
db.pragma("journal_mode = WAL");
db.exec("create table if not exists documents (name text primary key, data blob not null)");
const find = db.prepare<[string], { data: Buffer }>("select data from documents where name = ?");
const store = db.prepare("insert into documents (name, data) values (?, ?) on conflict (name) do update set data = excluded.data");

const hocuspocus = new Hocuspocus({
  quiet: true,
  yDocOptions: { gc: false, gcFilter: () => false },
  async onLoadDocument({ document, documentName }) {
    const row = find.get(documentName);
    if (row) Y.applyUpdate(document, row.data);
  },
  async onStoreDocument({ document, documentName }) {
    store.run(documentName, Buffer.from(Y.encodeStateAsUpdate(document)));
  },
});

const sockets = new WebSocketServer({ noServer: true });
const server = createServer();
server.on("upgrade", (request, socket, head) => {
  sockets.handleUpgrade(request, socket, head, (ws) => {
    const client = hocuspocus.handleConnection(ws, new Request(`http://127.0.0.1${request.url ?? "/"}`), {});
    ws.on("message", (data: Buffer) => client.handleMessage(new Uint8Array(data)));
    ws.on("close", (code, reason) => client.handleClose({ code, reason: reason.toString() }));
  });
});
server.listen(0, "127.0.0.1", () => console.log(JSON.stringify(server.address())));
