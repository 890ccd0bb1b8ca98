import { expect, test } from "vitest";
import { leadingButton } from "#app/lessons/leading-button.ts";

type Prep = Parameters<typeof leadingButton>[0];

const lacks = (...what: string[]) => what.map((one): Prep["missing"][number] => ({ key: `preps:missing.${one}` }));
const revision: Prep = { may: ["move", "confirm"], missing: lacks("leadConfirms", "otherConfirms"), writeCommon: "plan", myNote: null, iConfirmed: false, forward: "finalised" };

test.each<[string, Partial<Prep>, boolean, ReturnType<typeof leadingButton>]>([
  ["comments are open: the plan", { missing: lacks("threads", "leadConfirms") }, false, "common"],
  ["only yeses are missing: one's own", {}, false, "confirm"],
  ["one's own is given: the plan", { iConfirmed: true }, false, "common"],
  ["nothing is missing: on it goes", { iConfirmed: true, missing: [] }, false, "move"],
  ["nothing is missing and it can be published: that stands below", { iConfirmed: true, missing: [] }, true, null],
  ["an observer's yes while comments are open", { may: ["confirm"], writeCommon: null, missing: lacks("threads") }, false, "confirm"],
  ["a draft of one's own", { may: ["submit"], myNote: {}, missing: lacks("notes"), forward: "discussion" }, false, "draft"],
  ["a reader", { may: [], writeCommon: null }, false, null],
])("%s", (_, given, publishes, expected) => {
  expect(leadingButton({ ...revision, ...given }, publishes)).toBe(expected);
});
