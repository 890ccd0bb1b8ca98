import { expect, test } from "vitest";
import { openWriter, settled, type Writer } from "./editor-harness/browser.ts";
import { faultsOf } from "./editor-harness/composing-faults.ts";
import { bothCompose, composeOnce, type ComposingRound } from "./editor-harness/composing-round.ts";
import { Random } from "./editor-harness/random.ts";
import { aStaffRoomInTheBrowser } from "./editor-harness/two-writers.ts";

const ROUNDS = Number(process.env.IME_ROUNDS ?? 100);
const SEED = Number(process.env.IME_SEED ?? Date.now() % 100_000);
const MS_A_ROUND = 4_000;
const section = "key_points";

const { server, browser } = aStaffRoomInTheBrowser();

async function twoWriters(doc: string): Promise<[Writer, Writer]> {
  return [await openWriter(browser(), server(), "lin", doc), await openWriter(browser(), server(), "he", doc)];
}

async function freshText(writers: readonly [Writer, Writer], random: Random): Promise<void> {
  const texts = Array.from({ length: 5 }, () => random.fresh(10));
  await writers[1].page.evaluate(([s, t]) => window.page.write(s, t), [section, texts] as const);
  await settled(writers, section);
}

function tell(round: number, seed: number, found: readonly string[], { before, edits, otherBefore, mine, others, left, right, replaced, wrote, caret }: ComposingRound): string {
  return `round ${round} of seed ${seed}: ${found.join("; ")}\n${JSON.stringify({ left, right, replaced, wrote, before, edits, otherBefore, mine, others, caret })}`;
}

test(`${ROUNDS} compositions while a colleague edits the same section (seed ${SEED})`, { timeout: 60_000 + ROUNDS * MS_A_ROUND }, async () => {
  const random = new Random(SEED);
  const writers = await twoWriters(`plan:ime-${SEED}`);
  const faults: string[] = [];
  const count = { written: 0, cancelled: 0, edits: 0, rounds: 0 };
  await freshText(writers, random);
  for (let round = 1; round <= ROUNDS; round++) {
    const texts = await writers[0].texts(section);
    if (texts.length < 3 || texts.length > 11 || texts.join("").length > 160 || round % 60 === 0) await freshText(writers, random);
    const result = await composeOnce(...writers, random, { section });
    const found = faultsOf(result);
    if (found.length > 0) faults.push(tell(round, SEED, found, result));
    count[result.wrote === null ? "cancelled" : "written"]++;
    count.edits += result.edits.length;
    count.rounds++;
  }
  console.log(`seed ${SEED}: ${JSON.stringify(count)}`);
  // The rounds are no proof unless much happened in them.
  expect(count.edits).toBeGreaterThan(ROUNDS);
  expect(faults).toEqual([]);
  for (const writer of writers) await writer.context.close();
});

test("compositions in lists, links, table cells and beside soft line breaks", { timeout: 60_000 + ROUNDS * MS_A_ROUND }, async () => {
  const random = new Random(SEED + 1);
  const writers = await twoWriters(`plan:shapes-${SEED}`);
  const faults: string[] = [];
  for (let round = 1; round <= Math.ceil(ROUNDS / 3); round++) {
    if (round % 12 === 1) {
      await writers[1].page.evaluate(([s, t]) => window.page.writeShapes(s, t), [section, Array.from({ length: 11 }, () => random.fresh(6))] as const);
      await settled(writers, section);
    }
    const result = await composeOnce(...writers, random, { section, kinds: ["insert", "insert", "split", "bold"] });
    const found = faultsOf(result);
    if (found.length > 0) faults.push(tell(round, SEED + 1, found, result));
  }
  expect(faults).toEqual([]);
  for (const writer of writers) await writer.context.close();
});

test("what is composed at an end of a link that is a whole paragraph stands beside it, and what is given up leaves it alone", { timeout: 120_000 }, async () => {
  const writers = await twoWriters(`plan:link-${SEED}`);
  const [me, other] = writers;
  for (const [wrote, offset, wanted] of [["佭佮", 0, "佭佮教材网"], ["佭佮", 3, "教材网佭佮"], [null, 0, "教材网"], [null, 3, "教材网"]] as const) {
    for (const meanwhile of ["", "佽"]) {
      await other.page.evaluate((s) => window.page.writeLink(s, "教材网"), section);
      await settled(writers, section);
      await me.page.evaluate(([s, o]) => window.page.setCaret(s, 0, o), [section, offset] as const);
      for (const letters of ["z", "zh", "zho"]) await me.compose(letters);
      if (meanwhile) await other.page.evaluate(([s, text]) => window.page.edit(s, { kind: "insert", block: 0, offset: 1, text }), [section, meanwhile] as const);
      if (wrote) await me.commit(wrote);
      else await me.cancel();
      await expect.poll(() => me.page.evaluate((s) => window.page.isComposing(s), section)).toBe(false);
      await expect.poll(() => settled(writers, section), { timeout: 10_000 }).toEqual([[wanted.replace("教", `教${meanwhile}`)], [wanted.replace("教", `教${meanwhile}`)]]);
      expect(await me.page.evaluate((s) => window.page.kept(s), section)).toEqual([wanted.replace("教", `教${meanwhile}`)]);
      expect(await other.page.evaluate((s) => window.page.json(s), section)).toContain(`"text":"教${meanwhile}材网"`);
    }
  }
  for (const writer of writers) await writer.context.close();
});

test("both compose at once", { timeout: 60_000 + ROUNDS * MS_A_ROUND }, async () => {
  const random = new Random(SEED + 2);
  const writers = await twoWriters(`plan:both-${SEED}`);
  const faults: string[] = [];
  for (let round = 1; round <= Math.ceil(ROUNDS / 4); round++) {
    if (round % 12 === 1) await freshText(writers, random);
    const { wrote, mine, others, kept } = await bothCompose(...writers, random, section);
    const all = mine.join("\n");
    const wrong = [
      ...(JSON.stringify(mine) === JSON.stringify(others) && JSON.stringify(mine) === JSON.stringify(kept) ? [] : ["pages or document differ"]),
      ...wrote.filter((text) => all.split(text).length !== 2).map((text) => `${text} is not there once`),
      ...(/[a-z]/.test(all) ? ["letters stayed in the text"] : []),
    ];
    if (wrong.length > 0) faults.push(`round ${round} of seed ${SEED + 2}: ${wrong.join("; ")}\n${JSON.stringify({ wrote, mine, others, kept })}`);
  }
  expect(faults).toEqual([]);
  for (const writer of writers) await writer.context.close();
});
