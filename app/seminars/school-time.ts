/** What a field of date and time holds, in school time, to an instant; an invalid date when it is not one. */
export function fromSchoolTime(typed: string): Date {
  return new Date(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(typed) ? `${typed}:00+08:00` : Number.NaN);
}

/** An instant as a field of date and time shows it, in school time. */
export function toSchoolTime(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16);
}
