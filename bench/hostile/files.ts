import { MEGABYTE, p, refusedFiles, refusedWordFiles } from "#tests/files/hostile-files.ts";
import { rawWord, wordXml } from "#tests/files/raw-zip.ts";
import { tusHeaders } from "#tests/files/serving.ts";
import { type Answer, ask, askRaw } from "./ask.ts";
import type { Case } from "./cases.ts";
import { MARK, type Yard } from "./yard.ts";

const REFUSED = [422];

function attach(yard: Yard, name: string, bytes: Uint8Array, fields: Record<string, string> = {}): Promise<Answer> {
  const form = new FormData();
  for (const [key, value] of Object.entries({ ownerType: "plan", ownerId: yard.planId, kind: "document", ...fields })) form.append(key, value);
  form.append("file", new Blob([bytes as Uint8Array<ArrayBuffer>]), name);
  return ask(`${yard.server.url}/uploads/simple`, { method: "POST", body: form, headers: { cookie: yard.teacher, origin: yard.server.url, accept: "application/json" } });
}

function importWord(yard: Yard, bytes: Uint8Array): Promise<Answer> {
  const form = new FormData();
  form.append("file", new Blob([bytes as Uint8Array<ArrayBuffer>]), "教案.docx");
  return ask(`${yard.server.url}/plans/${yard.planId}/import`, { method: "POST", body: form, headers: { cookie: yard.teacher, origin: yard.server.url, accept: "text/html" } });
}

/** Attaches a file, and fetches it again as a browser would. */
async function attachAndOpen(yard: Yard, name: string, bytes: Uint8Array): Promise<Answer> {
  const answer = await attach(yard, name, bytes);
  if (answer.status !== 201) return answer;
  const { attachmentId } = JSON.parse(answer.body) as { attachmentId: string };
  return ask(`${yard.server.url}/files/${attachmentId}`, { headers: { cookie: yard.teacher } });
}

function begin(yard: Yard, metadata: Record<string, string>, length: number | string): Promise<Answer> {
  const headers = { ...tusHeaders({ ownerType: "plan", ownerId: yard.planId, name: "课件.pptx", ...metadata }, 0), "upload-length": String(length), cookie: yard.teacher, origin: yard.server.url };
  return ask(`${yard.server.url}/uploads`, { method: "POST", headers });
}

/** A form that announces a small file and goes on for ever. */
function endless(yard: Yard, byteCount: number): Promise<Answer> {
  const block = Buffer.alloc(MEGABYTE / 4);
  let left = byteCount;
  const field = (name: string, value: string) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const start = `${field("ownerType", "plan")}${field("ownerId", yard.planId)}--b\r\nContent-Disposition: form-data; name="file"; filename="a.pptx"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  const head = `POST /uploads/simple HTTP/1.1\r\nHost: 127.0.0.1:${yard.server.port}\r\nOrigin: ${yard.server.url}\r\nCookie: ${yard.teacher}\r\nConnection: close\r\nAccept: application/json\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: ${byteCount + start.length}\r\n\r\n${start}`;
  return askRaw(yard.server.port, head, () => ((left -= block.byteLength) >= 0 ? block : undefined));
}

const xxe = (path: string) => rawWord(`<?xml version="1.0"?><!DOCTYPE x [<!ENTITY leak SYSTEM "file://${path}">]>${wordXml(p("&leak;")).slice(21)}`);
const polyglot = Buffer.concat([Buffer.from("GIF89a/*"), Buffer.from(`*/=1;${MARK}(1)`)]);
const pdf = Buffer.from(`%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(${MARK}\\(1\\))>>>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF`);

export const fileCases: readonly Case[] = [
  ...refusedFiles.map(([what, name, make]): Case => ({ name: `attach ${what}`, wanted: REFUSED, send: (yard) => attach(yard, name, make()) })),
  ...refusedWordFiles.map(([what, make]): Case => ({ name: `import ${what}`, wanted: REFUSED, send: (yard) => importWord(yard, make()) })),
  { name: "attach 200 MB", wanted: [413], send: (yard) => endless(yard, 200 * MEGABYTE) },
  { name: "begin an upload of 200 MB", wanted: [413], send: (yard) => begin(yard, {}, 200 * MEGABYTE) },
  { name: "begin an upload of less than nothing", send: (yard) => begin(yard, {}, -1) },
  { name: "begin an upload of 9e99 bytes", send: (yard) => begin(yard, {}, "9e99") },
  { name: "begin an upload whose name climbs out", send: (yard) => begin(yard, { name: "../../../../outside.docx" }, 100) },
  { name: "begin an upload for somebody else's plan by an id that climbs", wanted: [404, 422], send: (yard) => begin(yard, { ownerId: "../../../outside" }, 100) },
  { name: "go on with an upload that climbs out", send: (yard) => askRaw(yard.server.port, `PATCH /uploads/../../outside.txt HTTP/1.1\r\nHost: 127.0.0.1:${yard.server.port}\r\nOrigin: ${yard.server.url}\r\nCookie: ${yard.teacher}\r\nConnection: close\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: 4\r\n\r\n${MARK.slice(0, 4)}`) },
  { name: "import an entity that names the file outside", wanted: REFUSED, send: (yard) => importWord(yard, xxe(yard.outside)) },
  { name: "attach a file whose name climbs out", send: (yard) => attach(yard, "../../../../outside.docx", rawWord(wordXml(p("教学目标")))) },
  { name: "attach a file whose name is markup", send: (yard) => attachAndOpen(yard, `"><img src=x onerror=${MARK}(1)>.docx`, rawWord(wordXml(p("教学重点")))) },
  { name: "attach a file whose name breaks the header", send: (yard) => attachAndOpen(yard, `a\r\nx-${MARK}: 1.docx`, rawWord(wordXml(p("教学难点")))) },
  { name: "attach a file whose name is 10,000 characters", send: (yard) => attach(yard, `${"名".repeat(10_000)}.docx`, rawWord(wordXml(p("教学过程")))) },
  { name: "attach a picture that is a script too", wanted: REFUSED, send: (yard) => attachAndOpen(yard, "图.gif", polyglot) },
  { name: "attach a PDF that runs a script when it opens", send: (yard) => attachAndOpen(yard, "讲义.pdf", pdf) },
  { name: "import a plan whose words are markup", send: (yard) => importWord(yard, rawWord(wordXml(p("教学目标") + p(`&lt;img src=x onerror=${MARK}(1)&gt;`)))) },
];
