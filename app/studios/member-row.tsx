import { Form, Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Button, LinkButton } from "../ui/button.tsx";
import { Face } from "../ui/face.tsx";
import { Tag } from "../ui/tag.tsx";
import { sayWhen } from "../ui/when.tsx";

interface Props {
  studioId: string;
  member: {
    id: string;
    personId: string;
    name: string;
    role: "master" | "subject_lead" | "young_teacher" | "trainee" | "studio_assistant" | "guest_expert";
    group: string | null;
    school: string | null;
    county: string | null;
    from: Date | string;
    own: boolean;
    /** One's own seat that could become home. */
    home: boolean;
    may: { end: boolean; changeRole: boolean; assignGroup: boolean; seeHistory: boolean };
  };
}

/** One seat: who, where from, since when; what may be done to it folds away. */
export function MemberRow({ studioId, member }: Props) {
  const { t, i18n } = useTranslation("studios");
  const { t: common } = useTranslation();
  const base = `/studios/${studioId}/members/${member.id}`;
  const { may } = member;
  const acts = may.end || may.changeRole || may.assignGroup || may.seeHistory || member.home;
  return (
    <li className="flex-wrap">
      <Face name={member.name} id={member.personId} />
      <div className="min-w-0 flex-1 basis-40">
        <Link to={`/people/${member.personId}`} className="font-medium no-underline hover:underline">{member.name}</Link>{" "}
        <Tag tone={member.role === "master" ? "now" : "people"}>{common(`role.${member.role}`)}</Tag>
        <div className="text-small text-ink-3">{[member.county, member.school, member.group].filter(Boolean).join(" · ")} · {t("members.since", { when: sayWhen(member.from, i18n.language, "full") })}</div>
      </div>
      {acts && (
        <details className="relative">
          <summary aria-label={`${common("act.more")}: ${member.name}`} className="grid size-11 cursor-pointer place-items-center rounded-round text-ink-2 hover:bg-well">⋯</summary>
          <div className="absolute right-0 z-10 grid w-52 gap-1 rounded-round border border-hairline bg-sheet p-2 shadow-lift">
            {may.changeRole && <LinkButton weight="quiet" to={`${base}/role`}>{t("members.role")}</LinkButton>}
            {may.assignGroup && <LinkButton weight="quiet" to={`${base}/group`}>{t("members.group")}</LinkButton>}
            {may.seeHistory && <LinkButton weight="quiet" to={base}>{t("members.history")}</LinkButton>}
            {member.home && <Form method="post" action={`${base}/home`} className="grid"><Button weight="quiet">{t("members.makeHome")}</Button></Form>}
            {may.end && <LinkButton weight="quiet" to={`${base}/end`}>{t(member.own ? "members.leave" : "members.end")}</LinkButton>}
          </div>
        </details>
      )}
    </li>
  );
}
