import { expect, test } from "vitest";
import { parseCsv, parseNumberedCsv, writeCsv } from "#db/csv.ts";

test("plain rows, with or without a byte-order mark and whatever the line ending", () => {
  for (const end of ["\n", "\r\n", "\r"]) {
    expect(parseCsv(`\uFEFF姓名,学校${end}何立夏,畲乡小学${end}`)).toEqual({ rows: [["姓名", "学校"], ["何立夏", "畲乡小学"]], errors: [] });
  }
});

test("a quoted field holds commas, doubled quotes and line breaks", () => {
  const { rows, errors } = parseCsv('课,备注\n"分数的意义","圈出""谁的"",\n一直留着"\n');
  expect(errors).toEqual([]);
  expect(rows).toEqual([["课", "备注"], ["分数的意义", '圈出"谁的",\n一直留着']]);
});

test("empty fields stay, empty lines go, the last line needs no ending", () => {
  expect(parseCsv("330000,province,,浙江省\n\n,,\n杭州市").rows).toEqual([["330000", "province", "", "浙江省"], ["", "", ""], ["杭州市"]]);
  expect(parseCsv("").rows).toEqual([]);
});

test("each fault is told with its line, and what follows is still read", () => {
  const { rows, errors } = parseCsv('好,行\n"甲"乙,1\n丙"丁,2\n戊,3\n"没有\n关上,4');
  expect(errors).toEqual([
    { line: 2, message: "text_after_quote" },
    { line: 3, message: "quote_in_bare_field" },
    { line: 5, message: "quote_not_closed" },
  ]);
  expect(rows.slice(0, 4)).toEqual([["好", "行"], ["甲乙", "1"], ['丙"丁', "2"], ["戊", "3"]]);
});

test("a row knows the line on which it begins", () => {
  expect(parseNumberedCsv('甲\n"乙\r\n乙"\n\n丙').rows).toEqual([
    { line: 1, fields: ["甲"] },
    { line: 2, fields: ["乙\r\n乙"] },
    { line: 5, fields: ["丙"] },
  ]);
  expect(parseNumberedCsv("甲\r\n\r\n乙").rows.map((row) => row.line)).toEqual([1, 3]);
});

test("what is written is read back, and no field runs as a formula", () => {
  const rows = [["项目", "数字"], ['说"明", 甲', "第一行\n第二行"], ["", "12,500"]];
  expect(parseCsv(writeCsv(rows))).toEqual({ rows, errors: [] });
  expect(parseCsv(writeCsv([["=1+1", "@x", "-2", "+3", "＝1+1", "\n=1"]])).rows).toEqual([["'=1+1", "'@x", "'-2", "'+3", "'＝1+1", "'\n=1"]]);
});
