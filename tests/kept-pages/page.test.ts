import { expect, onTestFinished, test, vi } from "vitest";
import { followed } from "#search/followed.ts";
import { openSqliteSearch } from "#search/sqlite.ts";
import { askedBy } from "#server/kept-pages/asked.ts";
import { renderer } from "#server/kept-pages/page.ts";
import { build } from "#server/starter/build.js";
import type { WebServices } from "#server/web.ts";
import { aDatabase } from "#tests/database.ts";
import { theBuild } from "#tests/doors/manifest.ts";
import { aFolder } from "#tests/processes/parts.ts";

test("what is found out of rows and a followed index stands with them; beside a server's index, or refused to somebody, it does not", async () => {
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  await build();
  const search = followed(openSqliteSearch({ folder: aFolder() }));
  onTestFinished(() => search.close());
  const services = { db: await aDatabase(), search, site: { publicUrl: "http://tongyan.example", demo: false, mail: false } } as unknown as WebServices; // all that this page asks for
  const asked = askedBy({ method: "GET", originalUrl: "/resources?q=%E5%88%86%E6%95%B0", headers: {} });
  if (!asked) throw new Error("searches of visitors are kept");
  const render = renderer(await theBuild(), services, true);
  expect(await render(asked, () => true)).toMatchObject({ page: { status: 200 }, fromRowsAlone: true });
  expect(await render(asked, () => false)).toEqual({ page: null, fromRowsAlone: false });
  expect(await renderer(await theBuild(), services, false)(asked, () => true)).toMatchObject({ page: { status: 200 }, fromRowsAlone: false });
});
