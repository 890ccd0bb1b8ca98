import { afterEach, expect, test, vi } from "vitest";
import zh from "#app/i18n/zh-CN/files.ts";
import { uploadPicture } from "#app/plans/upload-picture.ts";
import { serving, TEACHER } from "#tests/files/serving.ts";

const say = (refusal: keyof typeof zh.refused) => zh.refused[refusal];
const aFile = (name: string, bytes: string) => new File([bytes], name, { type: "image/png" });

afterEach(() => vi.unstubAllGlobals());

/** Addresses in the page are those of the server; this gives the script the one on which it runs in the test. */
async function aPageOf(person: string) {
  const server = await serving();
  const send = fetch;
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => send(server.url + path, { ...init, headers: { ...init.headers, "x-person": person } }));
  return server;
}

test("a picture that is refused says why in the person's language", async () => {
  const { planId } = await aPageOf(TEACHER);
  await expect(uploadPicture(planId, aFile("空.png", ""), say)).rejects.toThrow("文件是空的");
  await expect(uploadPicture(planId, aFile("坏的.svg", "<svg/>"), say)).rejects.toThrow("不支持 SVG 图片");
  await expect(uploadPicture("01JAN0THERPLAN000000000000", aFile("图.png", "x"), say)).rejects.toThrow("这里不能添加附件");
});

test("where no answer came, or none of ours, nothing technical is shown", async () => {
  vi.stubGlobal("fetch", async () => Promise.reject(new TypeError("Failed to fetch")));
  await expect(uploadPicture("x", aFile("图.png", "x"), say)).rejects.toThrow(zh.refused.cut_off);
  vi.stubGlobal("fetch", async () => new Response("<h1>Bad Gateway</h1>", { status: 502 }));
  await expect(uploadPicture("x", aFile("图.png", "x"), say)).rejects.toMatchObject({ message: "" });
});
