import Database from "better-sqlite3";
import { eq } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import { engine } from "#db/dialect.ts";
import { openDb } from "#db/open.ts";
import { jobs, regions } from "#db/schema/index.ts";
import { Keep } from "#server/kept-pages/keep.ts";
import type { Page, Rendered } from "#server/kept-pages/page.ts";
import { aDatabaseAddress } from "#tests/database.ts";
import { places } from "#tests/factories.ts";

/** A page that shows the name of a county, a clock that the test turns, and how often the page was rendered. */
async function setting(fromRowsAlone = true) {
  const address = await aDatabaseAddress();
  const open = await openDb(address);
  onTestFinished(() => open.close());
  const { db } = open;
  const { countyId } = await places(db);
  let [now, rendered] = [0, 0];
  const keep = new Keep(() => open.elsewhere(), () => now);
  const render = async (): Promise<Rendered> => {
    rendered += 1;
    const [row] = await db.select({ name: regions.name }).from(regions).where(eq(regions.id, countyId));
    return { page: aPage(row?.name ?? ""), fromRowsAlone };
  };
  return {
    address, db, keep, render, countyId,
    shown: async () => (await (await keep.page("/", render))?.body("identity"))?.toString(),
    rename: (name: string) => db.update(regions).set({ name }).where(eq(regions.id, countyId)),
    pass: (ms: number) => void (now += ms),
    rendered: () => rendered,
  };
}

function aPage(text: string): Page {
  return { status: 200, headers: [], etag: text, scripts: "", bytes: text.length, body: async () => Buffer.from(text) };
}

test("a burst renders a page once", async () => {
  const { keep, render, rendered } = await setting();
  const pages = await Promise.all(Array.from({ length: 50 }, () => keep.page("/", render)));
  expect(new Set(pages).size).toBe(1);
  expect(rendered()).toBe(1);
});

test("what it shows is changed: gone at once, in a transaction or not; what it does not show leaves it kept", async () => {
  const { db, shown, rename, rendered } = await setting();
  await shown();
  await db.insert(jobs).values({ kind: "search.index", payload: {}, key: null, runAt: new Date(), createdAt: new Date() });
  await shown();
  expect(rendered()).toBe(1);
  await rename("云川区");
  expect(await shown()).toBe("云川区");
  await db.transaction(async (tx) => {
    await tx.update(regions).set({ name: "听泉区" });
  });
  expect(await shown()).toBe("听泉区");
});

test("a page rendered while the change was not committed is not kept after it", async () => {
  const { db, shown, countyId } = await setting();
  const before = await shown();
  await db.transaction(async (tx) => {
    await tx.update(regions).set({ name: "听泉区" }).where(eq(regions.id, countyId));
    // Somebody else asks meanwhile; what they see may be kept only until the commit.
    if (engine === "sqlite") expect(await shown()).toBe(before);
  });
  expect(await shown()).toBe("听泉区");
});

test("who comes after a change does not get the page that others, before it, still wait for", async () => {
  const { keep, render, rename } = await setting();
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const before = keep.page("/", async () => {
    const read = await render();
    await held;
    return read;
  });
  // Its rows have been read once anything else has been.
  await render();
  await rename("云川区");
  const after = keep.page("/", render);
  expect(await (await after)?.body("identity")).toEqual(Buffer.from("云川区"));
  release();
  await before;
});

test("another process changes it: nothing older than a second and a half is given out", async () => {
  const { address, shown, pass } = await setting();
  const before = await shown();
  await elsewhere(address, "UPDATE regions SET name = '别处改的'");
  pass(1_500);
  expect([before, "别处改的"]).toContain(await shown());
  pass(1);
  expect(await shown()).toBe("别处改的");
});

test("where no other process wrote it stands for two minutes; on PostgreSQL, which cannot tell, and beside what is not followed no longer than that second and a half", async () => {
  const rows = await setting();
  await rows.shown();
  rows.pass(120_000);
  await rows.shown();
  expect(rows.rendered()).toBe(engine === "sqlite" ? 1 : 2);
  rows.pass(120_001);
  await rows.shown();
  expect(rows.rendered()).toBe(engine === "sqlite" ? 2 : 3);
  const found = await setting(false);
  await found.shown();
  found.pass(1_501);
  await found.shown();
  expect(found.rendered()).toBe(2);
});

test.runIf(engine === "sqlite")("what shows nothing of the clock stands for an hour, unless it is written", async () => {
  const { keep, render, rendered, rename, pass } = await setting();
  const shown = async () => (await (await keep.page("/resources", render, true))?.body("identity"))?.toString();
  await shown();
  pass(3_600_000);
  await shown();
  expect(rendered()).toBe(1);
  pass(1);
  await shown();
  expect(rendered()).toBe(2);
  pass(600_000);
  await rename("云川区");
  expect(await shown()).toBe("云川区");
});

test("many addresses take a bounded room, and what is read goes last", async () => {
  const { keep, render, rendered } = await setting();
  const large = async (): Promise<Rendered> => ({ ...(await render()), page: { ...aPage("长"), bytes: 4 * 1024 * 1024 } });
  const open = (no: number) => keep.page(`/studios?page=${no}`, large);
  await open(0);
  for (let no = 1; no < 18; no += 1) {
    await open(no);
    await open(0);
  }
  expect(rendered()).toBe(18);
  await open(17);
  expect(rendered()).toBe(18);
  await open(1);
  expect(rendered()).toBe(19);
});

test("a page that is kept in a second packing as well counts for both", async () => {
  const { keep, render, rendered } = await setting();
  const pages: { bytes: number }[] = [];
  const large = async (): Promise<Rendered> => {
    const page = { ...aPage("长"), bytes: 4 * 1024 * 1024 };
    pages.push(page);
    return { ...(await render()), page };
  };
  const open = (no: number) => keep.page(`/studios?page=${no}`, large);
  for (let no = 0; no < 15; no += 1) await open(no);
  for (const page of pages) page.bytes *= 2;
  for (let no = 0; no < 15; no += 1) await open(no);
  expect(rendered()).toBe(15);
  await open(15);
  await open(14);
  expect(rendered()).toBe(16);
  // For the sixteenth alone the first would have had to go.
  await open(5);
  expect(rendered()).toBe(17);
});

test("addresses of nothing that is kept take room as well", async () => {
  const { keep, render, rendered } = await setting();
  await keep.page("/studios", render);
  for (let no = 0; no < 40_000; no += 1) await keep.page(`/resources?q=${no}`, async () => ({ page: null, fromRowsAlone: true }));
  await keep.page("/studios", render);
  expect(rendered()).toBe(2);
});

/** As another process would, behind the back of this one. */
async function elsewhere(address: string, statement: string): Promise<void> {
  if (engine === "sqlite") {
    const other = new Database(address);
    other.exec(statement);
    other.close();
    return;
  }
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  await client.query(statement);
  await client.end();
}
