import { gzipSync } from "node:zlib";
import { newId } from "#db/ids.ts";
import { MEGABYTE } from "#tests/files/hostile-files.ts";
import { type Answer, ask, askRaw } from "./ask.ts";
import type { Case } from "./cases.ts";
import { MARK, type Yard } from "./yard.ts";

const SCRIPT = `"><script>${MARK}(1)</script><img src=x onerror=${MARK}(2)>`;
const REFUSED = [422];

type Fields = Record<string, string>;

/** Posts a form, and where that leads on follows it: what was taken is looked at too. */
async function post(yard: Yard, cookie: string, path: string, fields: Fields | string | FormData, headers: Record<string, string> = {}): Promise<Answer> {
  const body = typeof fields === "string" || fields instanceof FormData ? fields : new URLSearchParams(fields);
  const answer = await ask(yard.server.url + path, { method: "POST", body, headers: { cookie, origin: yard.server.url, accept: "text/html", ...headers } });
  if (answer.status !== 302 || !answer.location.startsWith("/")) return answer;
  const page = await ask(yard.server.url + answer.location, { headers: { cookie, accept: "text/html" } });
  return page.status < 400 ? page : answer;
}

/** A form that is cut, swollen or otherwise not what a page would send. */
function raw(yard: Yard, path: string, headers: string, body = "", more?: () => Uint8Array | undefined): Promise<Answer> {
  return askRaw(yard.server.port, `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${yard.server.port}\r\nOrigin: ${yard.server.url}\r\nCookie: ${yard.teacher}\r\nConnection: close\r\n${headers}\r\n\r\n${body}`, more);
}

const lesson = (changes: Fields = {}): Fields => ({ lessonId: newId(), lessonNodeId: "", title: "分数的意义", templateId: "none", periods: "99", ...changes });
const newLesson = (changes: Fields) => (yard: Yard) => post(yard, yard.teacher, "/lessons/new?free", lesson(changes));
const profile = (changes: Fields): Fields => ({ version: "0", name: "林雨桐", stage: "primary", subject: "mathematics", titleRank: "", started: "", intro: "", ...changes });
const thread = (changes: Fields) => (yard: Yard) => post(yard, yard.teacher, `/plans/${yard.planId}/threads`, { sectionKey: "process", body: "这里再想想", ...changes });
const table = (text: string) => (yard: Yard) => post(yard, yard.official, `/regions/${yard.regionId}/schools/import`, asMultipart({ text }));
const URLENCODED = "Content-Type: application/x-www-form-urlencoded";
/** Half a gigabyte of one field, by a client that says so and by one that does not. */
const swollen = (chunked: boolean) => (yard: Yard) => {
  const block = Buffer.alloc(MEGABYTE, 97);
  const piece = chunked ? Buffer.concat([Buffer.from(`${block.byteLength.toString(16)}\r\n`), block, Buffer.from("\r\n")]) : block;
  let left = 300;
  return raw(yard, "/lessons/new", `${URLENCODED}\r\n${chunked ? "Transfer-Encoding: chunked" : `Content-Length: ${300 * MEGABYTE + 6}`}`, chunked ? "6\r\ntitle=\r\n" : "title=", () => (left-- > 0 ? piece : undefined));
};

function asMultipart(fields: Fields): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}

/** Of each, the part that must come back in its field. */
const TYPED = {
  long: "长".repeat(100_000),
  longest: "告".repeat(1_000_000),
  script: SCRIPT,
  turned: "\u202e\u200d\u2066义意的数分",
  surrogates: "分数🧮𠮷的意义",
  template: `{{constructor.constructor('${MARK}()')()}} \${${MARK}(1)} <%= ${MARK} %>`,
  sql: `'); drop table lessons; -- ${MARK}`,
};

export const formCases: readonly Case[] = [
  { name: "a title of 100,000 characters", typed: TYPED.long, wanted: REFUSED, send: newLesson({ title: TYPED.long }) },
  { name: "a title that is a script", typed: TYPED.script, wanted: REFUSED, send: newLesson({ title: TYPED.script }) },
  { name: "a title that is turned round and joined by nothing", typed: TYPED.turned, wanted: REFUSED, send: newLesson({ title: TYPED.turned }) },
  { name: "a title beyond the basic plane", typed: TYPED.surrogates, wanted: REFUSED, send: newLesson({ title: TYPED.surrogates }) },
  { name: "a title in the languages of templates", typed: TYPED.template, wanted: REFUSED, send: newLesson({ title: TYPED.template }) },
  { name: "a title that is a statement", typed: TYPED.sql, wanted: REFUSED, send: newLesson({ title: TYPED.sql }) },
  { name: "a title with characters that end strings", wanted: REFUSED, send: newLesson({ title: "a\0b\u0007\u001bc" }) },
  { name: "a number of 1e308", typed: "圆的周长", wanted: REFUSED, send: newLesson({ title: "圆的周长", periods: "1e308" }) },
  { name: "a number that is a name of the language", typed: "圆的周长", wanted: REFUSED, send: newLesson({ title: "圆的周长", periods: "__proto__" }) },
  { name: "an id that climbs out", typed: "圆的周长", wanted: REFUSED, send: newLesson({ title: "圆的周长", lessonId: "../../../outside.txt" }) },
  { name: "fields named like the language's own", wanted: REFUSED, send: newLesson({ __proto__x: "1", constructor: "1", "__proto__[admin]": "1", toString: "1" }) },
  { name: "an announcement that is a script", send: (yard) => post(yard, yard.master, `/studios/${yard.studioId}/announcements/new`, { body: SCRIPT }) },
  { name: "an announcement of a million characters", typed: TYPED.longest, wanted: REFUSED, send: (yard) => post(yard, yard.master, `/studios/${yard.studioId}/announcements/new`, { body: TYPED.longest }) },
  { name: "an introduction that is a script, over a name that is too long", typed: SCRIPT, wanted: REFUSED, send: (yard) => post(yard, yard.teacher, "/me/profile", profile({ name: "林".repeat(41), intro: SCRIPT })) },
  { name: "a profile that somebody saved before", typed: `我带五（3）班 ${MARK}`, wanted: [409], send: (yard) => post(yard, yard.teacher, "/me/profile", profile({ version: "-7", intro: `我带五（3）班 ${MARK}` })) },
  { name: "a remark that is a script", send: thread({ body: SCRIPT }) },
  { name: "a remark whose place is ten thousand deep", send: thread({ anchorStart: "[".repeat(10_000) }) },
  { name: "a remark whose place changes every object", send: thread({ anchorStart: `{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}` }) },
  { name: "a remark in a section that is a path", send: thread({ sectionKey: "../../outside" }) },
  { name: "a sign-in that is a statement", typed: `' or 1=1 -- ${MARK}`, wanted: REFUSED, send: (yard) => post(yard, "", "/sign-in", { login: `' or 1=1 -- ${MARK}`, password: "x' or '1'='1" }) },
  { name: "a sign-in with a password of a megabyte", wanted: REFUSED, send: (yard) => post(yard, "", "/sign-in", { login: "DEMO-LIN-YUTONG", password: "p".repeat(MEGABYTE) }) },
  { name: "a sign-in that leads away", send: (yard) => post(yard, "", "/sign-in", { login: "DEMO-LIN-YUTONG", password: "yiqi-beike", back: "https://evil.example/" }) },
  { name: "a language that breaks the header", send: (yard) => post(yard, "", "/preferences", { locale: `en\r\nx-${MARK}: 1`, back: "/" }) },
  { name: "a preference that leads away", send: (yard) => post(yard, "", "/preferences", { locale: "zh-CN", back: "/\\evil.example/" }) },
  { name: "a table of formulas", typed: `=cmd|'/c ${MARK}'!A1`, wanted: REFUSED, send: table(`校名,地区\n=cmd|'/c ${MARK}'!A1,+1+1\n`) },
  { name: "a table that is a script", typed: SCRIPT, wanted: REFUSED, send: table(`校名,地区\n${SCRIPT},${SCRIPT}\n`) },
  { name: "a table with a quotation that never ends", typed: `"${"甲".repeat(50_000)}`, wanted: REFUSED, send: table(`校名,地区\n"${"甲".repeat(50_000)}`) },
  { name: "a table of 200,000 columns", wanted: REFUSED, send: table(",".repeat(200_000)) },
  { name: "a table of 100,000 lines", wanted: REFUSED, send: table("校名,地区\n".concat("甲,乙\n".repeat(100_000))) },
  { name: "a form of 20,000 fields", send: (yard) => post(yard, yard.teacher, "/lessons/new", Object.fromEntries(Array.from({ length: 20_000 }, (_, no) => [`f${no}`, "1"]))) },
  { name: "a form of 300 MB that says so", wanted: [413], send: swollen(false) },
  { name: "a form of 300 MB that does not say so", wanted: [411], send: swollen(true) },
  { name: "a form that is JSON", wanted: [400], send: (yard) => post(yard, yard.teacher, "/lessons/new", `{"title":"${MARK}"}`, { "content-type": "application/json" }) },
  { name: "a form without its boundary", wanted: [400], send: (yard) => post(yard, yard.teacher, "/lessons/new", "--b\r\n\r\n", { "content-type": "multipart/form-data" }) },
  { name: "a form that ends in the middle", wanted: [400], send: (yard) => raw(yard, "/lessons/new", "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 70", '--b\r\nContent-Disposition: form-data; name="title"\r\n\r\nhalf a title.....') },
  { name: "a form packed a thousandfold", send: (yard) => ask(`${yard.server.url}/lessons/new`, { method: "POST", body: gzipSync(Buffer.alloc(50 * MEGABYTE, 97)) as Uint8Array<ArrayBuffer>, headers: { cookie: yard.teacher, origin: yard.server.url, "content-type": "application/x-www-form-urlencoded", "content-encoding": "gzip" } }) },
  { name: "a form of broken escapes", send: (yard) => post(yard, yard.teacher, "/lessons/new", "title=%ff%fe%zz%&periods=%00", { "content-type": "application/x-www-form-urlencoded" }) },
  { name: "a form from another site", wanted: [403], send: (yard) => post(yard, yard.teacher, "/lessons/new", lesson(), { origin: "https://evil.example" }) },
];
