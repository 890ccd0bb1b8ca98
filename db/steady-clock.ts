let latest = 0;

/** Now, by a clock that stands still while the machine's is set back: what was due stays due. Within one process. */
export function steadyNow(): Date {
  latest = Math.max(latest, Date.now());
  return new Date(latest);
}
