import { expect, test } from "vitest";
import { peopleIn } from "#app/plans/editor/people-here.ts";

const writer = (id: string, sec = {}) => ({ person: { id, name: `${id}老师`, ink: "jade", writes: true }, sec });
const readers = (count: number, ...ids: string[]) => ({ readers: { count, named: ids.map((id) => ({ id, name: `${id}老师`, ink: "jade" })) } });
const names = (here: ReturnType<typeof peopleIn>) => here.people.map(({ name, writes }) => `${name}${writes ? " 写" : ""}`);

test("writers are named with where they are, readers as far as the server names them", () => {
  const here = peopleIn([writer("li", { objectives: { focusing: true }, process: { focusing: false } }), readers(40, "wang", "zhao")], { personId: "me", writes: true });
  expect(names(here)).toEqual(["li老师 写", "wang老师", "zhao老师"]);
  expect(here.people[0]?.sections).toEqual(["objectives"]);
  expect(here.unnamed).toBe(38);
});

test("one is not among the others: named, unnamed, or as a writer", () => {
  expect(peopleIn([readers(3, "me", "wang")], { personId: "me", writes: false })).toMatchObject({ people: [{ id: "wang" }], unnamed: 1 });
  expect(peopleIn([readers(3, "wang", "zhao")], { personId: "me", writes: false }).unnamed).toBe(0);
  expect(names(peopleIn([writer("me"), readers(1, "wang")], { personId: "me", writes: true }))).toEqual(["wang老师"]);
});

test("readers at two processes are added up, and a person is there once", () => {
  const here = peopleIn([writer("li"), readers(20, "wang", "li"), readers(5, "zhao", "wang")], { personId: "me", writes: true });
  expect(names(here)).toEqual(["li老师 写", "wang老师", "zhao老师"]);
  expect(here.unnamed).toBe(21);
});

test("a state of another shape is nobody", () => {
  expect(peopleIn([{}, { person: { id: 3 } }, { readers: { count: "many", named: "all" } }, { readers: { named: [null] } }], { personId: "me", writes: true })).toEqual({ people: [], unnamed: 0 });
});
