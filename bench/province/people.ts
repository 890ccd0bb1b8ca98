import { CONSENT_VERSION } from "#app/people/consent.ts";
import { accessScopes, consents, identities, persons, regions, schools, seats, studioFigures, studioGroups, studios, studioTerms } from "#db/schema/index.ts";
import { type Ground, GROUPS, LEADS, one } from "./ground.ts";
import { provinceId, PROVINCIAL, STUDIOS } from "./plan.ts";
import { nameOf, paragraphOf, teacherName } from "./words.ts";

const PEOPLE_A_SCHOOL = 110;
/** Of so many people two agree to be found by name. */
const AGREE = 3;

/** Schools in every county, the teachers in them, and who they are. */
export async function fillPeople({ db, write, scale, at, person }: Ground): Promise<void> {
  const counties = await db.select({ id: regions.id, level: regions.level }).from(regions).orderBy(regions.code);
  const below = counties.filter((region) => region.level === "county");
  const schoolCount = Math.ceil(scale.people / PEOPLE_A_SCHOOL);
  await write(schools, schoolCount, (n) => ({ id: provinceId("schoo", n), regionId: below[n % below.length]?.id ?? "", name: `第${n + 1}小学`, kind: one(["primary", "primary", "nine_year"], n), locale: one(["urban", "town", "rural"], n), remote: n % 12 === 2, smallRural: n % 15 === 2, createdAt: at(-900) }));
  await write(persons, scale.people, (n) => ({ id: person(n), schoolId: provinceId("schoo", n % schoolCount), stages: ["primary"], subjects: ["mathematics"], startedTeachingOn: `${2000 + (n % 25)}-09-01`, createdAt: at(-800) }));
  // Before the names, whose parts are written as soon as there is a name that may be found.
  await write(consents, Math.floor((scale.people * 2) / AGREE), (n) => ({ id: provinceId("conse", n), personId: person(Math.floor(n / 2) * AGREE + (n % 2)), purpose: "display_name" as const, textVersion: CONSENT_VERSION, givenAt: at(-800) }));
  await write(identities, scale.people, (n) => ({ personId: person(n), name: teacherName(n), verifiedAt: at(-790), createdAt: at(-800) }));
}

/** Studios with their terms, groups and every seat. */
export async function fillStudios({ db, write, scale, at, sizes, starts, studio, group, master, onSeat }: Ground): Promise<void> {
  const places = await db.select({ id: regions.id, level: regions.level }).from(regions).orderBy(regions.code);
  const of = (level: "province" | "city" | "county", n: number) => {
    const some = places.filter((region) => region.level === level);
    return some[n % some.length]?.id ?? "";
  };
  const provincial = Math.round((scale.studios * PROVINCIAL) / STUDIOS);
  await write(studios, scale.studios, (n) => {
    const level = n < provincial ? ("province" as const) : one(["city", "county", "county"], n);
    return {
      id: studio(n), name: `${nameOf(n * 37)}小学数学名师工作室`, slug: `s${n}`, level, regionId: of(level === "province" && n % 5 > 0 ? "city" : level, n), stages: ["primary" as const], subject: "mathematics" as const, status: "active" as const,
      intro: paragraphOf("objectives", n, 2), quota: { subjectLead: LEADS, youngTeacher: 40, trainee: null }, recruitPolicy: one(["approve", "open", "invite"], n), masterId: master(n), termId: provinceId("term", n), approvedAt: at(-700), createdAt: at(-710),
    };
  });
  await write(studioTerms, scale.studios, (n) => ({ id: provinceId("term", n), studioId: studio(n), no: 1, from: at(-700), to: at(395) }));
  await write(studioGroups, scale.studios * GROUPS.length, (n) => ({ id: provinceId("group", n), studioId: studio(Math.floor(n / GROUPS.length)), name: one(GROUPS, n), createdAt: at(-700) }));
  await write(accessScopes, scale.studios, (n) => ({ id: n + 1, type: "studio" as const, ref: studio(n) }));
  let sitting = 0;
  await write(seats, scale.seats, (n) => {
    while (n >= (starts[sitting + 1] ?? Number.POSITIVE_INFINITY)) sitting += 1;
    const place = n - (starts[sitting] ?? 0);
    return { id: provinceId("seat", n), studioId: studio(sitting), personId: onSeat(n), role: roleAt(place, sizes[sitting] ?? 0), groupId: place === 0 ? null : group(sitting, place % GROUPS.length), isHome: n < scale.people, from: at(-690 + (n % 600)), givenBy: master(sitting) };
  });
  await write(studioFigures, scale.studios, (n) => {
    const size = sizes[n] ?? 0;
    return { studioId: studio(n), members: size, youngTeachers: young(size), trainees: size - 1 - LEADS - young(size), ruralRemote: Math.floor(size / 3), cases: Math.floor(scale.resources / scale.studios / 3), reuses: n % 90, seminarsThisYear: 5, activeThisWeek: n % 30, asOf: at(0) };
  });
}

/** Twenty where the studio is big enough to have them. */
function young(size: number): number {
  return Math.floor(Math.min(20, size / 4));
}

function roleAt(place: number, size: number) {
  if (place === 0) return "master" as const;
  if (place <= LEADS) return "subject_lead" as const;
  return place <= LEADS + young(size) ? ("young_teacher" as const) : ("trainee" as const);
}
