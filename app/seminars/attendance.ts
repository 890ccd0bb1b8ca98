/** A line that drops and is back this soon counts as never dropped. */
export const GAP_MS = 90_000;

/** Share of a session at which somebody has attended it. Check-ins will be asked for as well, once there are any. */
export const ATTENDED_SHARE = 0.8;

export interface Stay {
  from: Date;
  to: Date;
  channel: string;
}

export interface Presence {
  from: Date;
  to: Date;
  /** Every channel that had a part in it, sorted. */
  channels: string[];
}

export interface Attendance {
  intervals: Presence[];
  presentMs: number;
  sessionMs: number;
  attended: boolean;
}

/** When a stay that is still open ended, as far as can be known: it goes on for the gap rule's length after it was last seen. */
export function endOfStay(stay: { leftAt: Date | null; seenAt: Date }): Date {
  return stay.leftAt ?? new Date(stay.seenAt.getTime() + GAP_MS);
}

/**
 * How long one person was in a session, from all their stays: several devices and channels at once count once, gaps of up to 90 seconds
 * count as presence, and nothing outside the session counts.
 *
 * The order of the stays does not matter, a stay told twice counts once, and the presence is never longer than the session.
 */
export function attendanceOf(stays: readonly Stay[], session: { startedAt: Date; endedAt: Date }): Attendance {
  const begin = session.startedAt.getTime();
  const end = Math.max(begin, session.endedAt.getTime());
  const inside = stays
    .map((stay) => ({ from: Math.max(begin, stay.from.getTime()), to: Math.min(end, stay.to.getTime()), channel: stay.channel }))
    .filter((stay) => stay.to >= stay.from && stay.from < end && stay.to > begin)
    .sort((a, b) => a.from - b.from || a.to - b.to);
  const merged: { from: number; to: number; channels: Set<string> }[] = [];
  for (const stay of inside) {
    const last = merged.at(-1);
    if (last && stay.from - last.to <= GAP_MS) {
      last.to = Math.max(last.to, stay.to);
      last.channels.add(stay.channel);
    } else {
      merged.push({ from: stay.from, to: stay.to, channels: new Set([stay.channel]) });
    }
  }
  const presentMs = merged.reduce((sum, one) => sum + one.to - one.from, 0);
  const sessionMs = end - begin;
  return {
    intervals: merged.map((one) => ({ from: new Date(one.from), to: new Date(one.to), channels: [...one.channels].sort() })),
    presentMs,
    sessionMs,
    attended: sessionMs > 0 && presentMs >= sessionMs * ATTENDED_SHARE,
  };
}
