import type { FileRefusal } from "#app/files/refusals.ts";

export type WordRefusal = Extract<FileRefusal, "not_word" | "word_broken" | "word_too_complex">;

/** This document cannot be read as a plan; the reason is for the person who chose it. */
export class WordRefused extends Error {
  override readonly name = "WordRefused";
  readonly reason: WordRefusal;
  constructor(reason: WordRefusal, options?: ErrorOptions) {
    super(`Word document refused: ${reason}`, options);
    this.reason = reason;
  }
}
