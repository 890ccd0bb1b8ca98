import type { LoaderFunctionArgs } from "@remix-run/node";
import { expect, test } from "vitest";
import { loader } from "#app/routes/preps.$prepId.bring/route.tsx";
import { aPrepUnderWay, draftOf, handIn, type Setting } from "./setting.ts";

function opened({ db, co, prepId }: Setting) {
  const request = new Request(`http://localhost:3000/preps/${prepId}/bring`);
  return loader({ request, params: { prepId }, context: { db, viewer: async () => co } } as unknown as LoaderFunctionArgs); // only what this route asks for
}

test("a plan can be brought until the draft is in; then the page leads to the draft instead", async () => {
  const setting = await aPrepUnderWay();
  expect(await opened(setting)).toMatchObject({ handedIn: false });
  await handIn(setting, setting.co);
  const { plan } = await draftOf(setting, setting.co);
  expect(await opened(setting)).toMatchObject({ handedIn: true, draftId: plan.id });
});
