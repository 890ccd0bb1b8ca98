import { expect, test } from "vitest";
import { Ear, playedFrom, STEP_MS } from "../../bench/live/pitches.ts";

const RATE = 8_000;
const FRAME = RATE / 25;

/** What an ear counts of so many seconds, when each frame reaches it as `heard` says. */
function countedIn(seconds: number, heard: (frame: Int16Array, no: number) => Int16Array = (frame) => frame): number {
  const ear = new Ear();
  for (let no = 0; no < (seconds * RATE) / FRAME; no += 1) ear.listen(heard(playedFrom(no * FRAME, FRAME, RATE), no), RATE);
  return ear.heard;
}

test("all that is played is heard", () => {
  expect(countedIn(10)).toBe(10_000 / STEP_MS);
});

test("silence, noise, and a pitch that is held where sound was lost are not heard as what was played", () => {
  expect(countedIn(10, () => new Int16Array(FRAME))).toBe(0);
  let state = 1;
  expect(countedIn(10, (frame) => frame.map(() => ((state = (state * 16_807) % 2_147_483_647) % 16_000) - 8_000))).toBe(0);
  const held = playedFrom(0, FRAME, RATE);
  expect(countedIn(10, () => held)).toBe(1);
  // Half of the time lost in stretches of two seconds.
  expect(countedIn(12, (frame, no) => (Math.floor(no / 50) % 2 === 1 ? held : frame))).toBeLessThan(30);
});
