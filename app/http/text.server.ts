import * as z from "zod";

/** Text as both databases take it: PostgreSQL keeps neither NUL nor halves of characters, and would fail at them whenever it is written. */
export function storable(text: string): string {
  return text.replaceAll("\0", "").toWellFormed();
}

/** A line that must be filled: trimmed, with control characters taken out, at most `max` characters. */
export function line(max: number, min = 1) {
  return z.string().transform((text) => text.replace(/\p{Cc}+/gu, " ").trim()).pipe(z.string().min(min).max(max));
}

/** A line that may stay empty. */
export function optionalLine(max: number) {
  return z.string().optional().transform((text) => (text ?? "").replace(/\p{Cc}+/gu, " ").trim()).pipe(z.string().max(max));
}

/** Several lines. */
export function prose(max: number, min = 0) {
  return z.string().optional().transform((text) => (text ?? "").replace(/\r\n?/g, "\n").replace(/[^\P{Cc}\n\t]+/gu, "").trim()).pipe(z.string().min(min).max(max));
}
