import { expect, test } from "vitest";
import * as z from "zod";
import { formOf, readForm } from "#app/http/form.server.ts";
import { readMultipart } from "#app/http/read-multipart.server.ts";
import { readTable } from "#app/http/read-table.server.ts";

const MEGABYTE = 1 << 20;

function sending(fields: Record<string, string>, file?: [name: string, bytes: Uint8Array], headers: Record<string, string> = {}): Request {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  if (file) form.append("file", new Blob([file[1] as Uint8Array<ArrayBuffer>]), file[0]);
  const request = new Request("http://localhost/", { method: "POST", body: form });
  for (const [name, value] of Object.entries(headers)) request.headers.set(name, value);
  return request;
}

test("fields and file arrive as they were sent", async () => {
  const bytes = Buffer.from("学校,地区\n");
  expect(await readMultipart(sending({ 备注: "第一行\r\n第二行" }, ["学校表.csv", bytes]), 100)).toEqual({ fields: { 备注: "第一行\r\n第二行" }, file: { name: "学校表.csv", bytes } });
  expect(await readMultipart(sending({ text: "a" }), 100)).toEqual({ fields: { text: "a" } });
  expect(await readMultipart(sending({}, ["", new Uint8Array()]), 100)).toEqual({ fields: {} });
  expect(await readMultipart(new Request("http://localhost/", { method: "POST", body: "a=b" }), 100)).toEqual({ fields: {} });
});

test("a file is read no further than it may be long, one that says so beforehand not at all", async () => {
  expect(await readMultipart(sending({}, ["a.csv", Buffer.alloc(101)]), 100)).toBe("too_large");
  expect(await readMultipart(sending({}, ["a.csv", Buffer.alloc(100)]), 100)).toMatchObject({ file: { name: "a.csv" } });
  const large = sending({}, ["a.csv", Buffer.alloc(10)], { "content-length": String(200 * MEGABYTE) });
  expect(await readMultipart(large, 100)).toBe("too_large");
  expect(large.bodyUsed).toBe(false);
});

test("a table comes from the file, or from what was pasted, or is refused beside its field", async () => {
  expect(await readTable(sending({ text: "" }, ["学校.csv", Buffer.from("校名\n听橹小学")]))).toEqual({ text: "校名\n听橹小学", pasted: "" });
  expect(await readTable(sending({ text: "校名" }, ["", new Uint8Array()]))).toEqual({ text: "校名", pasted: "校名" });
  expect(await readTable(sending({ text: "校名" }, ["学校.csv", Buffer.alloc(3 * MEGABYTE, 65)]))).toMatchObject({ problems: { file: { key: "regions:import.fileBig" } } });
  expect(await readTable(sending({ text: "" }, ["学校.csv", Buffer.from([0xd0, 0xa3, 0xc3, 0xfb])]))).toMatchObject({ problems: { file: { key: "regions:import.fileUnread" } } });
  expect(await readTable(sending({ text: " " }))).toMatchObject({ problems: { text: { key: "regions:import.empty" } } });
});

test("what is no form, or not the whole of one, is refused as such and is no fault of ours", async () => {
  const parts = { method: "POST", headers: { "content-type": "multipart/form-data; boundary=b" } };
  const half = '--b\r\nContent-Disposition: form-data; name="title"\r\n\r\n分数的';
  for (const body of [half, "nothing of the kind"]) await expect(readMultipart(new Request("http://localhost/", { ...parts, body }), 100)).rejects.toMatchObject({ status: 400, statusText: "garbled" });
  const unparted = new Request("http://localhost/", { method: "POST", headers: { "content-type": "multipart/form-data" }, body: half });
  await expect(readMultipart(unparted, 100)).rejects.toMatchObject({ status: 400 });
  for (const type of ["application/json", "multipart/form-data", "multipart/form-data; boundary=b"]) {
    await expect(formOf(new Request("http://localhost/", { method: "POST", headers: { "content-type": type }, body: half }))).rejects.toMatchObject({ status: 400, statusText: "garbled" });
  }
});

test("a field that comes often is read as a list, where one is wanted", async () => {
  const body = new URLSearchParams([["who", "林"], ["title", "分数"], ["who", "何"], ["title", "小数"]]);
  const read = await readForm(new Request("http://localhost/", { method: "POST", body }), z.object({ who: z.array(z.string()), title: z.string() }));
  expect(read).toMatchObject({ values: { who: ["林", "何"], title: "分数" }, typed: { who: "林\n何", title: "分数\n小数" } });
});
