import { expect, test } from "vitest";
import { licencesFor } from "#app/resources/derived-licence.ts";
import { LICENCES, type Licence } from "#db/schema/resources.ts";

const STUDIO = "周文澜工作室";

test.each<[Licence, Licence[]]>([
  ["all_rights", []],
  ["studio_only", ["studio_only"]],
  ["province_edu", ["all_rights", "studio_only", "province_edu"]],
  ["cc_by", [...LICENCES]],
  ["cc_by_nc", ["all_rights", "studio_only", "province_edu", "cc_by_nc", "cc_by_nc_sa"]],
  ["cc_by_nc_sa", ["cc_by_nc_sa"]],
  ["cc_by_sa", ["cc_by_sa"]],
])("what is made from %s is published under nothing laxer", (licence, allowed) => {
  expect(licencesFor(STUDIO, { licence, studioId: STUDIO })).toEqual(allowed);
});

test("what is for one studio alone leaves it under no licence", () => {
  expect(licencesFor(null, { licence: "studio_only", studioId: STUDIO })).toEqual([]);
  expect(licencesFor("另一个工作室", { licence: "studio_only", studioId: STUDIO })).toEqual([]);
});

test("work of one's own takes any licence; without a studio there is no inside", () => {
  expect(licencesFor(STUDIO, undefined)).toEqual([...LICENCES]);
  expect(licencesFor(null, undefined)).toEqual(LICENCES.filter((licence) => licence !== "studio_only"));
});
