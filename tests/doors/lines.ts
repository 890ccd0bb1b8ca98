import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import WebSocket from "ws";
import type { House } from "#tests/doors/house.ts";

/** What a handshake was answered: 101 with the open line, or the refusal as it came over the wire. */
export type Shaken = { line: WebSocket; refusal?: undefined } | { line?: undefined; refusal: string };

/** A handshake of this person (null: a visitor) at a path of the house. Close the line when it opens. */
export function shake(house: House, who: string | null, path: string, headers: Record<string, string> = {}): Promise<Shaken> {
  const cookie = who ? { cookie: house.cookieOf(who) } : {};
  const line = new WebSocket(house.url.replace("http", "ws") + path, { headers: { origin: house.url, ...cookie, ...headers } });
  return new Promise((resolve, reject) => {
    line.once("open", () => resolve({ line }));
    line.once("error", reject);
    line.once("unexpected-response", (_request, response) => {
      let body = "";
      response.on("data", (bytes: Buffer) => (body += bytes.toString()));
      response.on("end", () => resolve({ refusal: [response.statusCode, ...response.rawHeaders, body].join("\n") }));
    });
  });
}

const AUTH = 2;
const DENIED = 1;

/** Asks for a document on an open line of `/collab`, as Hocuspocus' client does. @returns "writes", "reads", or everything that was answered instead */
export function askFor(line: WebSocket, name: string): Promise<string> {
  const ask = encoding.createEncoder();
  encoding.writeVarString(ask, name);
  encoding.writeVarUint(ask, AUTH);
  encoding.writeVarUint(ask, 0);
  encoding.writeVarString(ask, "");
  line.send(encoding.toUint8Array(ask));
  return new Promise((resolve) => {
    const end = (code: number) => resolve(`closed: ${code}`);
    const hear = (data: Buffer) => {
      const frame = decoding.createDecoder(new Uint8Array(data));
      if (decoding.readVarString(frame) !== name || decoding.readVarUint(frame) !== AUTH) return;
      line.off("message", hear).off("close", end);
      const answer = decoding.readVarUint(frame);
      const said = decoding.readVarString(frame);
      const rest = Buffer.from(decoding.readTailAsUint8Array(frame)).toString("hex");
      resolve(answer === DENIED ? `denied: ${said} ${rest}` : said === "readonly" ? "reads" : "writes");
    };
    line.on("message", hear);
    line.once("close", end);
  });
}
