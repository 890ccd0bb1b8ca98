import fc from "fast-check";
import * as encoding from "lib0/encoding";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { Guard, UpdateRefused } from "#server/collab/guard.ts";
import { hasGaps } from "#server/collab/replay.ts";

function aDocument(): { live: Y.Doc; guard: Guard; page: Y.Doc } {
  const live = new Y.Doc({ gc: false });
  live.getText("t").insert(0, "分数的意义");
  const page = new Y.Doc({ gc: false });
  Y.applyUpdate(page, Y.encodeStateAsUpdate(live));
  return { live, page, guard: new Guard(live, async () => new Map([[live.clientID, null]])) };
}

function edit(page: Y.Doc, write: (text: Y.Text) => void): Uint8Array {
  const before = Y.encodeStateVector(page);
  page.transact(() => write(page.getText("t")));
  return Y.encodeStateAsUpdate(page, before);
}

/** Whatever is let through goes into the log for good: it must apply, there and after every later restart. */
test("no update, however mangled, makes the document unreadable once it has passed", async () => {
  let passedMangled = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ place: fc.nat(), value: fc.nat(255) }), { minLength: 1, maxLength: 4 }), fc.constantFrom("anywhere", "anywhere, and cut short", "another letter"), async (faults, how) => {
      const { live, page, guard } = aDocument();
      const log = [Y.encodeStateAsUpdate(live)];
      for (const honest of [false, false, true]) {
        const update = edit(page, (text) => {
          text.insert(2, "🍎读法");
          text.format(0, 2, { bold: true });
          text.delete(1, 1);
        });
        const bytes = Uint8Array.from(update);
        // 读 becomes 诱 or the like by its last byte: mangled, and still an update that can be read.
        if (!honest && how === "another letter") bytes[Buffer.from(bytes).indexOf("读") + 2] = 0x80 + ((faults[0]?.value ?? 0) % 0x40);
        else if (!honest) for (const { place, value } of faults) bytes[place % bytes.length] = value;
        const sent = !honest && how === "anywhere, and cut short" ? bytes.subarray(0, bytes.length - 2) : bytes;
        try {
          const passed = await guard.check("li", sent);
          Y.applyUpdate(live, sent);
          passed.committed();
          log.push(passed.news);
          if (!honest) passedMangled += 1;
        } catch (refused) {
          expect(refused).toBeInstanceOf(UpdateRefused);
        }
      }
      const again = new Y.Doc({ gc: false });
      for (const row of log) Y.applyUpdate(again, row);
      expect(hasGaps(again)).toBe(false);
      expect(again.getText("t").toDelta()).toEqual(live.getText("t").toDelta());
      expect(again.getText("t").toString()).toBe(live.getText("t").toString());
    }),
    { numRuns: 400 },
  );
  expect(passedMangled).toBeGreaterThan(0);
});

test("a struct without length is refused: Yjs would stumble over it at a later, honest update", async () => {
  const { guard } = aDocument();
  const empty = encoding.createEncoder();
  const STRING = 4;
  // One client with one struct at clock 0: the empty string in the root `t`; nothing deleted.
  for (const number of [1, 1, 4711, 0, STRING, 1]) encoding.writeVarUint(empty, number);
  for (const text of ["t", ""]) encoding.writeVarString(empty, text);
  encoding.writeVarUint(empty, 0);
  const update = encoding.toUint8Array(empty);
  expect(Y.decodeUpdate(update).structs[0]?.length).toBe(0);
  await expect(guard.check("li", update)).rejects.toMatchObject({ why: "malformed" });
});

test("a failed commit leaves neither claim nor text behind", async () => {
  const { live, page, guard } = aDocument();
  const lost = edit(page, (text) => text.insert(0, "甲"));
  (await guard.check("li", lost)).failed();
  // The id is free again: nobody's words are in the log under it.
  const other = new Y.Doc({ gc: false });
  other.clientID = page.clientID;
  Y.applyUpdate(other, Y.encodeStateAsUpdate(live));
  const taken = edit(other, (text) => text.insert(0, "乙"));
  (await guard.check("wang", taken)).committed();
  await expect(guard.check("li", lost)).rejects.toMatchObject({ why: "forged-author" });
  // And what builds on the lost update is not let through either.
  const third = new Y.Doc({ gc: false });
  Y.applyUpdate(third, Y.encodeStateAsUpdate(live));
  const gone = edit(third, (text) => text.insert(0, "丙"));
  (await guard.check("zhao", gone)).failed();
  await expect(guard.check("zhao", edit(third, (text) => text.insert(1, "丁")))).rejects.toMatchObject({ why: "out-of-step" });
});

test("a page that brings its whole copy again, others' words among them, is taken at what is news in it", async () => {
  const { live, page, guard } = aDocument();
  const wang = edit(page, (text) => text.insert(5, "和性质"));
  (await guard.check("wang", wang)).committed();
  Y.applyUpdate(live, wang);
  const copy = new Y.Doc({ gc: false });
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(live));
  copy.getText("t").insert(0, "认识");
  const whole = Y.encodeStateAsUpdate(copy);
  const passed = await guard.check("li", whole);
  expect(passed.newClientIds).toEqual([copy.clientID]);
  expect(passed.news.length).toBeLessThan(whole.length);
  Y.applyUpdate(live, passed.news);
  expect(live.getText("t").toJSON()).toBe("认识分数的意义和性质");
});

test("what somebody types is news as it is, and may build at once on what the server has just written", async () => {
  const { live, page, guard } = aDocument();
  const typed = edit(page, (text) => text.insert(5, "和性质"));
  const passed = await guard.check("li", typed);
  expect(passed.news).toBe(typed);
  expect(passed.newClientIds).toEqual([page.clientID]);
  passed.committed();
  Y.applyUpdate(live, typed);
  for (const word of ["一", "二"]) {
    live.getText("t").insert(0, word);
    Y.applyUpdate(page, Y.encodeStateAsUpdate(live, Y.encodeStateVector(page)));
    const onTop = edit(page, (text) => text.insert(1, "、"));
    (await guard.check("li", onTop)).committed();
    Y.applyUpdate(live, onTop);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(live.getText("t").toJSON()).toBe("二、一、分数的意义和性质");
});
