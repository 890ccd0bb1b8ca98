import { ask, askRaw } from "./ask.ts";
import type { Case } from "./cases.ts";
import { MARK, type Yard } from "./yard.ts";

const get = (path: string, headers: Record<string, string> = {}) => (yard: Yard) => ask(yard.server.url + path, { headers: { cookie: yard.teacher, accept: "text/html", ...headers } });
/** A first line and headers as no client would send them. */
const line = (first: string, headers: readonly string[] = [], body = "") => (yard: Yard) => askRaw(yard.server.port, [first, `Host: 127.0.0.1:${yard.server.port}`, `Cookie: ${yard.teacher}`, ...(headers.some((one) => one.startsWith("Connection")) ? [] : ["Connection: close"]), ...headers, "", body].join("\r\n"));

const FINDS = [200];
const SEARCHES: readonly (readonly [string, string])[] = [
  ["10,000 characters", "q=" + encodeURIComponent("分".repeat(10_000))],
  ["the words of its engine", "q=" + encodeURIComponent('" OR 1=1 NEAR(a b) * ^ title:x AND NOT -"')],
  ["a script", "q=" + encodeURIComponent(`"><script>${MARK}(1)</script>`)],
  ["characters that steer a terminal", "q=%1b%5b31m%07%e5%88%86"],
  ["escapes that are none", "q=%zz%e5%88"],
  ["a thousand words", "q=" + encodeURIComponent("分数 ".repeat(1_000))],
  ["page minus one and a half", "q=%E5%88%86%E6%95%B0&page=-1.5"],
  ["page a billion", "q=%E5%88%86%E6%95%B0&page=1000000000"],
  ["two thousand filters", "q=%E5%88%86%E6%95%B0&" + Array.from({ length: 1_000 }, (_, no) => `kind=${no}`).join("&")],
];

const PATHS = ["/../../outside.txt", "/assets/../../../outside.txt", "/assets/..%2f..%2f..%2foutside.txt", "/%2e%2e/%2e%2e/%2e%2e/outside.txt", "/..%5c..%5coutside.txt", "/files/..%2f..%2f..%2foutside.txt", "/files/%00", "/assets//etc/passwd", "/%c0%ae%c0%ae/%c0%ae%c0%ae/outside.txt", "/%252e%252e/outside.txt"];

export const lineCases: readonly Case[] = [
  ...SEARCHES.map(([what, query]): Case => ({ name: `search for ${what}`, wanted: query.length > 8_000 ? [200, 414, 431] : FINDS, send: get(`/resources?${query}`) })),
  { name: "search for characters that end strings", wanted: [400], send: get("/resources?q=%00%1b%e5%88%86") },
  ...PATHS.map((path): Case => ({ name: `GET ${path}`, wanted: [400, 403, 404], send: line(`GET ${path} HTTP/1.1`) })),
  { name: "an address of 60,000 characters", send: get(`/studios/${"a".repeat(60_000)}`) },
  { name: "a header of 60,000 characters", send: get("/", { [`x-${MARK}`]: "a".repeat(60_000) }) },
  { name: "cookies that are none", wanted: [200, 302], send: (yard) => ask(`${yard.server.url}/`, { headers: { cookie: `tongyan.session_token=${"%ff".repeat(500)}; locale=../../etc; theme=${MARK}; __proto__=1` } }) },
  { name: "a way back that leads away", send: (yard) => ask(`${yard.server.url}/sign-in?back=//evil.example/`, { headers: { cookie: yard.teacher } }) },
  { name: "another host's name", send: line("GET /lessons HTTP/1.1", ["X-Forwarded-Host: evil.example", "X-Forwarded-Proto: javascript"]) },
  { name: "a line that breaks in the middle", send: line(`GET /?a=\rX-${MARK}: 1 HTTP/1.1`) },
  { name: "a method that nobody has", send: line("BREW /lessons HTTP/1.1") },
  { name: "TRACE", wanted: [405], send: line("TRACE / HTTP/1.1", [`X-${MARK}: 1`]) },
  { name: "two lengths at once", wanted: [400], send: line("POST /lessons/new HTTP/1.1", ["Content-Length: 4", "Transfer-Encoding: chunked"], "0\r\n\r\nGET /outside HTTP/1.1\r\n\r\n") },
  { name: "a socket from another site", wanted: [403], send: line("GET /collab HTTP/1.1", ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Origin: https://evil.example"]) },
];
