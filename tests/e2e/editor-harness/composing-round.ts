import type { Edit } from "./edits.ts";
import { pause, settled, type Writer } from "./browser.ts";
import type { Random } from "./random.ts";
import type { Caret } from "./page-api.ts";

/** One composition of one person while another one edits the same section, and how both saw it end. */
export interface ComposingRound {
  section: string;
  /** Where she began: the characters left and right, and those that she had selected to replace. */
  left: string | undefined;
  right: string | undefined;
  replaced: string;
  /** What her input method wrote; null when she cancelled. */
  wrote: string | null;
  edits: Edit[];
  before: string[];
  /** What the other one had just before she was done. */
  otherBefore: string[];
  mine: string[];
  others: string[];
  seen: string[];
  kept: string[];
  caret: Caret | null;
  endedEarly: boolean;
  errors: string[];
}

const LETTERS = "zhongguo";
const KINDS = ["insert", "insert", "insert", "delete", "delete", "remove block", "split", "split", "join", "new block", "bold", "bold"] as const;

export interface RoundPlan {
  section: string;
  kinds?: readonly [Edit["kind"], ...Edit["kind"][]];
}

export async function composeOnce(me: Writer, other: Writer, random: Random, { section, kinds = KINDS }: RoundPlan): Promise<ComposingRound> {
  for (const writer of [me, other]) await writer.page.evaluate(() => void (window.page.errors.length = 0));
  const before = await me.texts(section);
  const block = random.below(before.length);
  const text = before[block] ?? "";
  const offset = random.below(text.length + 1);
  const selected = random.chance(0.15) && text.length - offset >= 2 ? 1 + random.below(2) : 0;
  await me.page.evaluate(([s, b, o]) => window.page.setCaret(s, b, o), [section, block, offset] as const);
  if (selected > 0) {
    await me.page.keyboard.down("Shift");
    for (let i = 0; i < selected; i++) await me.page.keyboard.press("ArrowRight");
    await me.page.keyboard.up("Shift");
    await pause(60);
  }

  const edits: Edit[] = [];
  const steps = 1 + random.below(6);
  for (let step = 1; step <= steps; step++) {
    await me.compose(LETTERS.slice(0, step));
    for (let n = random.chance(0.55) ? 1 + random.below(2) : 0; n > 0; n--) {
      const near = random.chance(0.6);
      const edit: Edit = {
        kind: random.pick(kinds),
        block: near ? block : random.below(100),
        offset: near ? Math.max(0, offset - 2 + random.below(5)) : random.below(1000),
        text: random.fresh(1 + random.below(2)),
      };
      edits.push(edit);
      await other.page.evaluate(([s, e]) => window.page.edit(s, e), [section, edit] as const);
    }
    await pause(random.below(3) * 10);
  }
  await pause(30);
  const endedEarly = !(await me.page.evaluate((s) => window.page.isComposing(s), section));
  const otherBefore = await other.texts(section);
  const wrote = random.chance(0.8) ? random.fresh(1 + random.below(3)) : null;
  if (wrote === null) await me.cancel();
  else await me.commit(wrote);
  await pause(25);
  const [mine = [], others = []] = await settled([me, other], section);
  const { seen, kept, caret } = await me.page.evaluate((s) => ({ seen: window.page.seen(s), kept: window.page.kept(s), caret: window.page.where(s) }), section);
  const errors = (await Promise.all([me, other].map((writer) => writer.page.evaluate(() => window.page.errors)))).flat();
  return {
    section, left: text[offset - 1], right: text[offset + selected], replaced: text.slice(offset, offset + selected),
    wrote, edits, before, otherBefore, mine, others, seen, kept, caret, endedEarly, errors,
  };
}

/** Both compose in the same section, each at a place of her own or both at one; whoever ends first is drawn. */
export async function bothCompose(me: Writer, other: Writer, random: Random, section: string) {
  const before = await me.texts(section);
  const block = random.below(before.length);
  const together = random.chance(0.5);
  const offset = random.below((before[block]?.length ?? 0) + 1);
  for (const writer of [me, other]) {
    const where = together || writer === me ? ([block, offset] as const) : ([random.below(before.length), random.below(4)] as const);
    await writer.page.evaluate(([s, b, o]) => window.page.setCaret(s, b, o), [section, ...where] as const);
  }
  for (let step = 1; step <= 1 + random.below(5); step++) for (const writer of [me, other]) await writer.compose(LETTERS.slice(0, step));
  const wrote = [random.fresh(2), random.fresh(2)];
  const [first, second] = random.chance(0.5) ? [me, other] : [other, me];
  await first.commit(wrote[0] ?? "");
  await pause(random.below(3) * 15);
  await second.commit(wrote[1] ?? "");
  await pause(30);
  const [mine = [], others = []] = await settled([me, other], section);
  return { wrote, mine, others, kept: await me.page.evaluate((s) => window.page.kept(s), section) };
}
