import { expect, test } from "vitest";
import en from "#app/i18n/en/files.ts";
import zhCN from "#app/i18n/zh-CN/files.ts";
import { listAttachments } from "#db/attachments.ts";
import { filesInBucket } from "#server/files-s3.ts";
import { uploadsInBucket } from "#server/uploads-s3.ts";
import { aFolder, COLLEAGUE, type Serving, serving, STRANGER, TEACHER, upload } from "#tests/files/serving.ts";
import { stranger } from "#tests/people.ts";
import { aBucket } from "#tests/processes/parts.ts";
import { programOf } from "#tests/processes/programs.ts";

const pdf = (words: string) => Buffer.from(`%PDF-1.7\n${words}\n%%EOF\n`);

async function setting() {
  const bucket = await aBucket();
  const at = await serving({ files: filesInBucket(bucket.named, aFolder()), uploads: uploadsInBucket(bucket.named, aFolder()) });
  const { answer } = await upload(at, TEACHER, "课件.pdf", pdf("分数的意义"));
  return { ...bucket, at, file: `/files/${String(answer.attachmentId)}` };
}

async function isSaid(at: Serving, file: string) {
  const told = await at.as(COLLEAGUE, file, { headers: { "if-none-match": "*", range: "bytes=0-3" } });
  expect([told.status, await told.text()]).toEqual([503, `${zhCN.away}\n`]);
  expect([Number(told.headers.get("retry-after")) > 0, told.headers.get("cache-control"), told.headers.get("content-range"), told.headers.get("content-disposition")]).toEqual([true, "no-store", null, null]);
  expect((await at.as(STRANGER, file)).status, "to others it is not there, as ever").toBe(404);
}

for (const [how, away, back] of [["is killed and started again", "kill", "again"], ["says nothing for a while", "sleep", "wake"]] as const) {
  test.skipIf(!programOf("versitygw"))(`the object store ${how}: files are said to be away in the reader's words, none is taken or lost, and then all goes on`, async () => {
    const { at, file, ...bucket } = await setting();
    await bucket[away]();
    await isSaid(at, file);
    expect(await upload(at, TEACHER, "学习单.pdf", pdf("分数墙"))).toEqual({ status: 503, answer: { refused: "store_away" } });
    const form = new FormData();
    for (const [name, value] of Object.entries({ ownerType: "plan", ownerId: at.planId, kind: "document", back: "/plans/1" })) form.append(name, value);
    form.append("file", new Blob([pdf("分数墙")]), "学习单.pdf");
    expect((await at.as(TEACHER, "/uploads/simple", { method: "POST", body: form, headers: { accept: "text/html" } })).headers.get("location")).toBe("/plans/1?refused=store_away");
    expect(await listAttachments(at.db, "plan", at.planId)).toHaveLength(1);
    await bucket[back]();
    expect(Buffer.from(await (await at.as(COLLEAGUE, file)).arrayBuffer()).equals(pdf("分数的意义"))).toBe(true);
    expect((await upload(at, TEACHER, "学习单.pdf", pdf("分数墙"))).status).toBe(201);
  }, 90_000);
}

test.skipIf(!programOf("versitygw"))("whose account is in English reads it in English", async () => {
  const bucket = await aBucket();
  let locale: "zh-CN" | "en" = "zh-CN";
  const at = await serving({ files: filesInBucket(bucket.named, aFolder()), viewer: async () => ({ ...stranger(TEACHER), locale }) });
  const { answer } = await upload(at, TEACHER, "课件.pdf", pdf("分数的意义"));
  await bucket.kill();
  locale = "en";
  expect(await (await at.as(TEACHER, `/files/${String(answer.attachmentId)}`)).text()).toBe(`${en.away}\n`);
});
