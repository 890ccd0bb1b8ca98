import type { ActionFunctionArgs } from "@remix-run/node";
import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import type { AppContext } from "#app/context.ts";
import en from "#app/i18n/en/files.ts";
import zh from "#app/i18n/zh-CN/files.ts";
import { action } from "#app/routes/plans.$planId.import/route.tsx";
import { listVersions } from "#db/plans.ts";
import { filesOnDisk } from "#server/files.ts";
import { wordReader } from "#server/word.ts";
import { rawWord, rawZip, wordXml } from "#tests/files/raw-zip.ts";
import { aFolder } from "#tests/files/serving.ts";
import { aDiscussion } from "../preps/setting.ts";

const MEGABYTE = 1 << 20;
const SOON = { timeout: 30_000 };
const p = (words: string) => `<w:p><w:r><w:t>${words}</w:t></w:r></w:p>`;
const leak = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY leak SYSTEM "file:///etc/passwd">]>${wordXml(p("&leak;")).slice(21)}`;

/** Word files sent to the page as a browser sends them, into a plan under discussion. */
async function importing(spend: AppContext["spend"] = () => true) {
  const { db, documents, lead, planId, docId } = await aDiscussion();
  const context = { db, documents, files: filesOnDisk(aFolder()), word: wordReader(), viewer: async () => lead, spend };
  const before = JSON.stringify((await documents.read(docId)).sections);
  const send = async (bytes: Uint8Array, name = "教案.docx") => {
    const form = new FormData();
    form.append("file", new Blob([bytes as Uint8Array<ArrayBuffer>]), name);
    const request = new Request(`http://localhost/plans/${planId}/import`, { method: "POST", body: form });
    const begun = performance.now();
    const answer = (await action({ request, params: { planId }, context } as unknown as ActionFunctionArgs).catch((thrown: unknown) => thrown)) as { init?: { status?: number }; data?: { problems?: { file?: { key: string } } }; status?: number }; // a page's answer, or the redirect that it throws
    return { status: answer.init?.status ?? answer.status, key: answer.data?.problems?.file?.key, took: performance.now() - begun };
  };
  const untouched = async () => JSON.stringify((await documents.read(docId)).sections) === before && (await listVersions(db, docId)).every((version) => version.kind !== "auto");
  return { send, untouched, text: async () => JSON.stringify((await documents.read(docId)).sections) };
}

test("what can be read is laid in, or refusing would prove nothing", SOON, async () => {
  const { send, text } = await importing();
  expect((await send(rawWord(wordXml(p("教学目标") + p("会说一盒的四分之一。"))))).status).toBe(302);
  expect(await text()).toContain("会说一盒的四分之一。");
});

test("whoever has brought what one person may bring in a day is told so beside the field, and the plan is as it was", SOON, async () => {
  const left = [true, false];
  const { send, text } = await importing(() => left.shift() ?? false);
  const file = (words: string) => rawWord(wordXml(p("教学目标") + p(words)));
  expect((await send(file("会说一盒的四分之一。"))).status).toBe(302);
  expect(await send(file("会画一盒的四分之一。"))).toMatchObject({ status: 429, key: "files:refused.day_full" });
  expect(await text()).not.toContain("会画");
});

test.each<[string, () => Uint8Array, keyof typeof zh.refused]>([
  ["0 bytes", () => Buffer.alloc(0), "empty"],
  ["not a zip", () => Buffer.from("教案"), "not_word"],
  ["another archive", () => rawZip([{ name: "a.txt", bytes: Buffer.from("a") }]), "not_word"],
  ["a bomb", () => rawWord(wordXml(""), [{ name: "word/media/image1.png", bytes: Buffer.alloc(64 * MEGABYTE) }]), "archive_bomb"],
  ["a name that climbs out", () => rawWord(wordXml(""), [{ name: "../../etc/passwd" }]), "archive_names"],
  ["macros", () => rawWord(wordXml(""), [{ name: "word/vbaProject.bin" }]), "macros"],
  ["an external entity", () => rawWord(leak), "word_broken"],
  ["200 MB", () => Buffer.concat([Buffer.from("PK\x03\x04"), randomBytes(200 * MEGABYTE)]), "too_large"],
])("importing %s says why beside the field, in both languages, and leaves the plan as it was", SOON, async (_what, make, reason) => {
  const { send, untouched } = await importing();
  const { status, key, took } = await send(make());
  expect([status, key]).toEqual([422, `files:refused.${reason}`]);
  for (const words of [zh.refused, en.refused]) expect(words[reason]).toBeTruthy();
  expect(zh.refused[reason]).not.toBe(en.refused[reason]);
  expect(took).toBeLessThan(5_000);
  expect(await untouched()).toBe(true);
});
