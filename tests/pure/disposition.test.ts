import { expect, test } from "vitest";
import { disposition, fileName } from "#app/http/disposition.ts";

test("a title makes a file's name that every system takes, whole to the last character, with its ending where it is", () => {
  expect(fileName(`分数/的"意义"\r\n\u202excod`)).toBe("分数 的 意义    xcod");
  expect(fileName("𠮷".repeat(100))).toBe("𠮷".repeat(80));
});

test("no name ends a header, or its own quotes, and half a character fails nothing", () => {
  expect(disposition("attachment", `a"b\\c%0d\r\nx: 'y' (1)*!.docx`)).toBe(`attachment; filename="a_b_c_0d__x: 'y' (1)*!.docx"; filename*=UTF-8''a%22b%5Cc%250d%0D%0Ax%3A%20%27y%27%20%281%29%2A%21.docx`);
  expect(disposition("inline", "\ud842.pdf")).toBe(`inline; filename="_.pdf"; filename*=UTF-8''%EF%BF%BD.pdf`);
});
