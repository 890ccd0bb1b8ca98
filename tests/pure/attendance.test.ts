import fc from "fast-check";
import { expect, test } from "vitest";
import { attendanceOf, GAP_MS, type Stay } from "#app/seminars/attendance.ts";

const startedAt = new Date("2026-11-23T11:30:00Z");
const at = (seconds: number, ms = 0) => new Date(startedAt.getTime() + seconds * 1000 + ms);
const session = { startedAt, endedAt: at(3600) };
const stay = (from: number, to: number, channel = "webrtc"): Stay => ({ from: at(from), to: at(to), channel });

test("a line that is back after exactly ninety seconds never dropped; a moment later it did", () => {
  const until = stay(0, 600);
  expect(attendanceOf([until, stay(690, 1200)], session).intervals).toEqual([{ from: at(0), to: at(1200), channels: ["webrtc"] }]);
  const late = { from: at(690, 1), to: at(1200), channel: "webrtc" };
  expect(attendanceOf([until, late], session)).toMatchObject({ presentMs: 600_000 + 509_999, intervals: [{ to: at(600) }, { from: at(690, 1) }] });
});

test("phone and computer at once count once, and both channels are told", () => {
  const both = attendanceOf([stay(0, 1800), stay(600, 2400, "text")], session);
  expect(both).toMatchObject({ presentMs: 2_400_000, intervals: [{ channels: ["text", "webrtc"] }] });
});

test("coming before the beginning and staying after the end counts from the beginning to the end", () => {
  expect(attendanceOf([stay(-900, 5000)], session)).toMatchObject({ presentMs: 3_600_000, sessionMs: 3_600_000, attended: true });
  expect(attendanceOf([stay(-900, -10), stay(3601, 4000)], session)).toMatchObject({ presentMs: 0, intervals: [], attended: false });
});

test("four fifths is attended, a second less is not", () => {
  expect(attendanceOf([stay(0, 2880)], session).attended).toBe(true);
  expect(attendanceOf([stay(0, 2879)], session).attended).toBe(false);
  expect(attendanceOf([stay(0, 10)], { startedAt, endedAt: startedAt }).attended).toBe(false);
});

const stays = fc.array(
  fc.record({ begin: fc.integer({ min: -600_000, max: 4_200_000 }), length: fc.integer({ min: 0, max: 2_000_000 }), channel: fc.constantFrom("webrtc", "text", "http_audio") })
    .map(({ begin, length, channel }) => ({ from: at(0, begin), to: at(0, begin + length), channel })),
  { maxLength: 12 },
);

test("whatever the order, however often told, presence is the same, lies inside the session and has no gap of ninety seconds or less", () => {
  fc.assert(
    fc.property(stays, fc.integer(), (all, seed) => {
      const once = attendanceOf(all, session);
      const shuffled = [...all].sort((a, b) => ((a.from.getTime() * 31 + seed) % 97) - ((b.from.getTime() * 31 + seed) % 97));
      expect(attendanceOf([...shuffled, ...all], session)).toEqual(once);
      const again = attendanceOf(once.intervals.map((one) => ({ from: one.from, to: one.to, channel: one.channels[0] ?? "" })), session);
      expect(again.presentMs).toBe(once.presentMs);
      expect(once.presentMs).toBeLessThanOrEqual(once.sessionMs);
      for (const [index, one] of once.intervals.entries()) {
        expect(one.from.getTime()).toBeGreaterThanOrEqual(startedAt.getTime());
        expect(one.to.getTime()).toBeLessThanOrEqual(session.endedAt.getTime());
        const next = once.intervals[index + 1];
        if (next) expect(next.from.getTime() - one.to.getTime()).toBeGreaterThan(GAP_MS);
      }
    }),
  );
});

test("more presence is never less, and every moment of a stay inside the session counts", () => {
  fc.assert(
    fc.property(stays, fc.nat(), (all, pick) => {
      const one = all[pick % Math.max(1, all.length)];
      if (!one) return;
      const whole = attendanceOf(all, session);
      expect(whole.presentMs).toBeGreaterThanOrEqual(attendanceOf([one], session).presentMs);
    }),
  );
});
