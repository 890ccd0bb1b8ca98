import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { SeatRole } from "#db/schema/studios.ts";
import type { Problems } from "../http/problems.ts";
import { Select, TextArea } from "../ui/field.tsx";
import { useSay } from "../ui/say.ts";
import { GroupOptions } from "./group-options.tsx";
import type { InvitedRole } from "./policy.ts";

interface Props {
  studioId: string;
  /** `seat`: the one that they have in this studio already. */
  people: readonly { id: string; name: string; school: string; county: string; seat: { id: string; role: SeatRole } | null }[];
  roles: readonly InvitedRole[];
  groups: readonly { id: string; name: string }[];
  typed: Partial<Record<"personId" | "role" | "groupId" | "message", string>>;
  problems: Problems | undefined;
}

/** Whom, as what, into which group, with which words. Namesakes are told apart by school and county. */
export function InvitationFields({ studioId, people, roles, groups, typed, problems }: Props) {
  const { t } = useTranslation("studios");
  const { t: common } = useTranslation();
  const say = useSay();
  const free = people.filter((person) => !person.seat);
  return (
    <>
      <fieldset>
        <legend className="font-medium">{t("invitation.who")} <span className="text-small font-normal text-ink-3">{t("invitation.found", { count: people.length })}</span></legend>
        {problems?.personId && <p className="text-small text-cinnabar">{say(problems.personId.key)}</p>}
        <div className="mt-1 grid divide-y divide-hairline rounded-round border border-rule bg-sheet">
          {people.map((person) => (
            <div key={person.id} className="flex flex-wrap items-center gap-x-3 px-3">
              <label className="flex min-h-touch min-w-0 flex-1 basis-56 items-center gap-3 py-1.5">
                <input type="radio" name="personId" value={person.id} defaultChecked={typed.personId ? typed.personId === person.id : free.length === 1 && free[0] === person} disabled={person.seat !== null} required className="size-4 shrink-0 accent-cinnabar" />
                <span className="min-w-0">{person.name} <span className="text-small text-ink-3">{person.county} · {person.school}</span></span>
              </label>
              {person.seat && <Link to={`/studios/${studioId}/members/${person.seat.id}`} className="inline-flex min-h-touch items-center text-small">{t("invitation.seatedAs", { role: common(`role.${person.seat.role}`) })}</Link>}
            </div>
          ))}
        </div>
      </fieldset>
      <div className="grid gap-4 sm:grid-cols-2">
        <Select name="role" label={t("invitation.role")} problems={problems} defaultValue={typed.role}>
          {roles.map((role) => <option key={role} value={role}>{common(`role.${role}`)}</option>)}
        </Select>
        <Select name="groupId" label={t("invitation.group")} problems={problems} defaultValue={typed.groupId ?? ""}><GroupOptions groups={groups} /></Select>
      </div>
      <TextArea name="message" label={t("invitation.message")} problems={problems} defaultValue={typed.message} rows={2} maxLength={300} optional />
    </>
  );
}
