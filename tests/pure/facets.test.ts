import { expect, test } from "vitest";
import { offer } from "#app/resources/facets.server.ts";
import { readQuery } from "#app/resources/find.server.ts";

const region = (level: "province" | "city" | "county", code: string, parent: string | null) => ({ id: `id-${code}`, level, parentId: parent && `id-${parent}`, code, name: `name-${code}` });
const TREE = [
  region("province", "330000", null),
  region("city", "330100", "330000"),
  region("county", "330102", "330100"),
  region("county", "330103", "330100"),
  region("city", "330200", "330000"),
  region("county", "330203", "330200"),
  region("county", "330205", "330200"),
  region("city", "330300", "330000"),
];
const COUNTS = { 330000: 9, 330100: 6, 330102: 4, 330103: 2, 330200: 3, 330203: 1, 330205: 2 };
const codes = (chosen: string[]) => offer({ region: COUNTS }, { region: chosen }, TREE).regions.map((one) => one.code);

test("of regions the cities are offered, those with most first, and what has nothing is not", () => {
  expect(codes([])).toEqual(["330000", "330100", "330200"]);
  expect(offer({ region: COUNTS }, {}, TREE)).toMatchObject({ facets: { region: { 330000: 9, 330100: 6, 330200: 3 } }, rest: { region: 4 } });
});

test("below a city that was chosen, or a county of it, its counties; before the other cities", () => {
  expect(codes(["330200"])).toEqual(["330000", "330200", "330205", "330203", "330100"]);
  expect(codes(["330203"])).toEqual(["330000", "330200", "330203", "330205", "330100"]);
});

test("what was chosen and has nothing is offered all the same, by its name, and where the index does not answer as well", () => {
  expect(codes(["330300"])).toEqual(["330000", "330300", "330100", "330200"]);
  expect(offer({}, { region: ["330300"] }, TREE).regions).toContainEqual({ code: "330300", name: "name-330300" });
});

test("a code that no region has any more is not counted among what comes up later", () => {
  expect(offer({ region: { 330000: 2, 330100: 2, 999999: 1 } }, {}, TREE).rest).toEqual({});
});

test("a value that every object has a word for is one that nothing has", () => {
  for (const value of ["__proto__", "constructor", "toString"]) expect(Object.entries(offer({ unit: { 一单元: 3 } }, { unit: [value] }, TREE).facets.unit ?? {})).toEqual([[value, 0], ["一单元", 3]]);
});

test("of long lists the values with most, and what was chosen however few it has", () => {
  const unit = Object.fromEntries(Array.from({ length: 100 }, (_, no) => [`单元 ${no}`, no + 1]));
  const { facets, rest } = offer({ unit }, { unit: ["单元 3"] }, TREE);
  expect(Object.keys(facets.unit ?? {})).toHaveLength(25);
  expect(facets.unit).toMatchObject({ "单元 3": 4, "单元 99": 100, "单元 76": 77 });
  expect(rest).toEqual({ unit: 75 });
});

test("an address that asks for a kind, grade, subject or stage that there is none of is read without it", () => {
  const asked = "kind=constructor&kind=studio&grade=99&grade=5&stage=__proto__&subject=mathematics&subject=magic&unit=__proto__&edition=人教版";
  expect(readQuery(new URL(`http://test/resources?${asked}`)).filters).toEqual({ kind: ["studio"], grade: ["5"], edition: ["人教版"], subject: ["mathematics"], unit: ["__proto__"] });
});
