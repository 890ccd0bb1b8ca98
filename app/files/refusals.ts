/** Why a file was not taken. Each has its sentence in the dictionaries, under `files:refused`. */
export const FILE_REFUSALS = [
  "empty",
  "too_large",
  "kind",
  "mismatch",
  "svg",
  "archive",
  "macros",
  "encrypted",
  "archive_broken",
  "archive_bomb",
  "archive_names",
  "image_broken",
  "image_pixels",
  "not_word",
  "word_broken",
  "word_too_complex",
  "word_too_slow",
  "busy",
  "day_full",
  "storage_full",
  "store_away",
  "infected",
  "unscanned",
  "cut_off",
  "no_file",
  "not_yours",
] as const;
export type FileRefusal = (typeof FILE_REFUSALS)[number];

/** Thrown inside the rooms that read files; turned into an answer at the edge of each. */
export class FileRefused extends Error {
  override readonly name = "FileRefused";
  readonly reason: FileRefusal;
  constructor(reason: FileRefusal, options?: ErrorOptions) {
    super(`file refused: ${reason}`, options);
    this.reason = reason;
  }
}

/** One file at most, as the product promises it. */
export const MAX_FILE_BYTES = 50 * 1024 * 1024;
