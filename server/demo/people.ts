import { demoOffices, demoPeople as cast, demoStudios } from "./content/cast.ts";
import { demoId } from "./ids.ts";

/** One password for everybody: the demonstration holds nothing that is worth hiding, and listens on this machine only. */
export const DEMO_PASSWORD = "yiqi-beike";

export interface DemoLogin {
  role: string;
  name: string;
  login: string;
  password: string;
  studioId: string | null;
}

/** The employee number by which one of the demonstration's people signs in. */
export function demoLogin(key: string): string {
  return `DEMO-${key.toUpperCase()}`;
}

/** Everybody as whom the demonstration can be entered, offices first, then by seat. */
export function demoLogins(): DemoLogin[] {
  const offices = demoOffices.map((office) => ({ key: office.person, role: office.role as string, studioId: null as string | null }));
  const seats = demoStudios.flatMap((studio) => studio.seats.map((seat) => ({ key: seat.person, role: seat.role as string, studioId: demoId("studio", studio.key) as string | null })));
  const names = new Map(cast.map((person) => [person.key, person.name]));
  return [...seats, ...offices].map(({ key, role, studioId }) => ({ role, name: names.get(key) ?? key, login: demoLogin(key), password: DEMO_PASSWORD, studioId }));
}

if (import.meta.main) {
  const logins = demoLogins();
  if (process.argv.includes("--json")) console.log(JSON.stringify(logins));
  else for (const one of logins) console.log(`${one.role.padEnd(20)} ${one.login.padEnd(24)} ${one.password}  ${one.name}`);
}
