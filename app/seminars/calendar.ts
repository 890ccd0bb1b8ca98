import type { SeminarSeen } from "#db/seminars.ts";

/** One seminar as a calendar file (RFC 5545). Its UID never changes and SEQUENCE rises with every change, so that a calendar that has it follows. */
export function calendarOf(seminar: Pick<SeminarSeen, "id" | "title" | "intro" | "startsAt" | "endsAt" | "state" | "version" | "hostName">, publicUrl: string, at = new Date()): string {
  const address = `${publicUrl}/seminars/${seminar.id}`;
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Tongyan//Seminars//ZH",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    "BEGIN:VEVENT",
    `UID:${seminar.id}@${new URL(publicUrl).hostname}`,
    `SEQUENCE:${seminar.version - 1}`,
    `DTSTAMP:${instant(at)}`,
    `DTSTART:${instant(seminar.startsAt)}`,
    `DTEND:${instant(seminar.endsAt)}`,
    `SUMMARY:${escaped(seminar.title)}`,
    `DESCRIPTION:${escaped([seminar.intro, seminar.hostName, address].filter(Boolean).join("\n"))}`,
    `URL:${address}`,
    `STATUS:${seminar.state === "cancelled" ? "CANCELLED" : "CONFIRMED"}`,
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return lines.map(folded).join("\r\n") + "\r\n";
}

function instant(at: Date): string {
  return at.toISOString().replace(/[-:]|\.\d{3}/g, "");
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r\n?|\n/g, "\\n").replace(/\p{Cc}/gu, " ");
}

/** At most 75 octets a line, without cutting a character in two. */
function folded(line: string): string {
  const lines: string[] = [];
  let current = "";
  let octets = 0;
  for (const character of line) {
    const size = new TextEncoder().encode(character).length;
    if (octets + size > 75) {
      lines.push(current);
      current = " ";
      octets = 1;
    }
    current += character;
    octets += size;
  }
  return [...lines, current].join("\r\n");
}
