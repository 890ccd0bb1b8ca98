import { connect } from "node:net";

export interface Answer {
  /** 0: the line was cut without an answer. */
  status: number;
  location: string;
  /** Names of all headers, in small letters. */
  headerNames: readonly string[];
  isHtml: boolean;
  body: string;
}

const NONE: Answer = { status: 0, location: "", headerNames: [], isHtml: false, body: "" };

/** Asks by an ordinary client. */
export async function ask(url: string, init: RequestInit): Promise<Answer> {
  try {
    const response = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(30_000), ...init });
    return { status: response.status, location: response.headers.get("location") ?? "", headerNames: [...response.headers.keys()], isHtml: (response.headers.get("content-type") ?? "").startsWith("text/html"), body: await response.text() };
  } catch (error) {
    if (error instanceof TypeError || (error instanceof DOMException && error.name === "TimeoutError")) return NONE;
    throw error;
  }
}

/** Sends bytes as they are, as no client would, and reads what comes until the server is silent or hangs up. `more` is asked for further bytes as they are taken. */
export function askRaw(port: number, head: string, more?: () => Uint8Array | undefined): Promise<Answer> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    const socket = connect(port, "127.0.0.1", () => socket.write(head, "latin1", send));
    const send = () => {
      for (let next = more?.(); next; next = more?.()) if (!socket.write(next)) return void socket.once("drain", send);
    };
    socket.setTimeout(4_000, () => socket.destroy());
    socket.on("data", (part: Buffer) => {
      parts.push(part);
      // Keep-alive or not: the first answer is whole when its length has come.
      if (isWhole(Buffer.concat(parts))) socket.destroy();
    });
    socket.on("error", () => socket.destroy());
    socket.on("close", () => resolve(read(Buffer.concat(parts))));
  });
}

function isWhole(bytes: Buffer): boolean {
  const end = bytes.indexOf("\r\n\r\n");
  const length = end < 0 ? undefined : /^content-length: (\d+)/im.exec(bytes.toString("latin1", 0, end))?.[1];
  return length !== undefined && bytes.length >= end + 4 + Number(length);
}

function read(bytes: Buffer): Answer {
  const text = bytes.toString("utf8");
  const [head = "", ...body] = text.split("\r\n\r\n");
  const lines = head.split("\r\n");
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(lines[0] ?? "")?.[1];
  if (!status) return NONE;
  return { status: Number(status), location: /^location: (.*)$/im.exec(head)?.[1] ?? "", headerNames: lines.slice(1).map((line) => line.split(":")[0]?.toLowerCase() ?? ""), isHtml: /^content-type: text\/html/im.test(head), body: body.join("\r\n\r\n") };
}
