/** Pitches that a speaker plays one after the other: what a receiver makes up for sound that was lost holds a pitch, but never goes on to the next. */
const PITCHES_HZ = [300, 500, 700, 900, 1_100, 1_300, 1_500, 1_700] as const;
export const STEP_MS = 250;
/** A pitch counts once it was heard for so long. */
const CERTAIN_MS = 80;
/** The share of a sound's energy that lies at the pitch, if it is one. */
const PURE = 0.5;
const SILENCE = 1e4;
const LOUD = 8_000;

/** Samples from `from` on of what a speaker plays, at so many a second. */
export function playedFrom(from: number, count: number, rate: number): Int16Array {
  const samples = new Int16Array(count);
  for (let at = 0; at < count; at += 1) {
    const no = from + at;
    const pitch = PITCHES_HZ[Math.floor((no * 1_000) / rate / STEP_MS) % PITCHES_HZ.length] ?? 0;
    samples[at] = Math.round(LOUD * Math.sin((2 * Math.PI * pitch * no) / rate));
  }
  return samples;
}

/** Follows what one speaker plays, and counts the steps that were heard. */
export class Ear {
  heard = 0;
  #last = -1;
  #candidate = -1;
  #forMs = 0;

  listen(samples: Int16Array, rate: number): void {
    const pitch = pitchOf(samples, rate);
    this.#forMs = pitch === this.#candidate ? this.#forMs + (samples.length * 1_000) / rate : (samples.length * 1_000) / rate;
    this.#candidate = pitch;
    if (pitch < 0 || pitch === this.#last || this.#forMs < CERTAIN_MS) return;
    this.#last = pitch;
    this.heard += 1;
  }
}

/** Which pitch a short piece of sound is (Goertzel), or -1. */
function pitchOf(samples: Int16Array, rate: number): number {
  let energy = 0;
  for (const sample of samples) energy += sample * sample;
  if (energy < SILENCE * samples.length) return -1;
  for (const [no, pitch] of PITCHES_HZ.entries()) {
    const factor = 2 * Math.cos((2 * Math.PI * pitch) / rate);
    let [before, last] = [0, 0];
    for (const sample of samples) [before, last] = [last, sample + factor * last - before];
    const power = before * before + last * last - factor * before * last;
    if ((2 * power) / samples.length > PURE * energy) return no;
  }
  return -1;
}
