import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { requireViewer } from "#app/http/viewer.server.ts";
import { studioFor } from "#app/studios/access.server.ts";
import { MemberRow } from "#app/studios/member-row.tsx";
import { canOnSeat, canOnStudio } from "#app/studios/policy.ts";
import { EXPECTED_ROLES, quietSince } from "#app/studios/quiet.ts";
import { Button, LinkButton } from "#app/ui/button.tsx";
import { Empty } from "#app/ui/empty.tsx";
import { Field } from "#app/ui/field.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { sayWhen } from "#app/ui/when.tsx";
import { isId } from "#db/ids.ts";
import { listOpenInvitations } from "#db/invitations.ts";
import { SEAT_ROLES } from "#db/schema/studios.ts";
import { listMembers } from "#db/seats.ts";

const PAGE = 30;

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "成员", "Members");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { db } = context;
  const viewer = await requireViewer(context, request);
  const studio = await studioFor(db, viewer, "seeMembers", params.studioId);
  const asked = new URL(request.url).searchParams;
  const role = SEAT_ROLES.find((one) => one === asked.get("role"));
  const name = asked.get("name")?.trim().slice(0, 60) || undefined;
  const after = asked.get("after");
  const maySeeQuiet = canOnStudio(viewer, "seeQuiet", studio);
  const quiet = maySeeQuiet && asked.get("quiet") === "1";
  const roles = role ? [role] : quiet ? EXPECTED_ROLES : undefined;
  const seats = await listMembers(db, studio.id, { roles, name, quietSince: quiet ? quietSince(new Date()) : undefined }, { after: isId(after) ? after : undefined, limit: PAGE + 1 });
  const mayInvite = canOnStudio(viewer, "invite.trainee", studio);
  const invitations = mayInvite && !after && !quiet ? await listOpenInvitations(db, studio.id, new Date()) : [];
  return {
    studio: { id: studio.id, name: studio.name },
    members: seats.slice(0, PAGE).map((seat) => ({
      ...seat,
      own: seat.personId === viewer.id,
      home: seat.personId === viewer.id && !seat.isHome,
      may: { end: canOnSeat(viewer, "end", studio, seat), changeRole: canOnSeat(viewer, "changeRole", studio, seat), assignGroup: canOnSeat(viewer, "assignGroup", studio, seat), seeHistory: canOnSeat(viewer, "seeHistory", studio, seat) },
    })),
    next: seats.length > PAGE ? (seats[PAGE - 1]?.id ?? null) : null,
    role: role ?? "",
    name: name ?? "",
    quiet,
    maySeeQuiet,
    mayInvite,
    invitations: invitations.map(({ id, personName, role: as, expiresAt }) => ({ id, personName, role: as, expiresAt })),
  };
}

export default function Members() {
  const { t, i18n } = useTranslation("studios");
  const { t: common } = useTranslation();
  const { studio, members, next, role, name, quiet, maySeeQuiet, mayInvite, invitations } = useLoaderData<typeof loader>();
  const link = (one: string, quietOnes = quiet) => `?${new URLSearchParams({ ...(one && { role: one }), ...(name && { name }), ...(quietOnes && { quiet: "1" }) }).toString()}`;
  return (
    <div className="page">
      <p className="kick"><Link to={`/studios/${studio.id}`}>{studio.name}</Link></p>
      <div className="flex flex-wrap items-end justify-between gap-4">
        <h1>{t("members.title")}</h1>
        {mayInvite && <LinkButton to={`/studios/${studio.id}/invitations/new`} weight="go">{t("members.invite")}</LinkButton>}
      </div>
      <nav aria-label={t("members.title")} className="mt-5 flex flex-wrap gap-x-5">
        {["", ...SEAT_ROLE_TABS].map((one) => (
          <Link key={one} to={link(one)} aria-current={one === role ? "page" : undefined} className="inline-flex min-h-touch items-center border-b-2 border-transparent text-ink-2 no-underline aria-[current=page]:border-cinnabar aria-[current=page]:font-semibold aria-[current=page]:text-ink">
            {one === "" ? t("members.all") : common(`role.${one as "master"}`)}
          </Link>
        ))}
      </nav>
      <Form key={`${role} ${name}`} className="mt-3 flex max-w-[26rem] items-end gap-3">
        {role && <input type="hidden" name="role" value={role} />}
        {quiet && <input type="hidden" name="quiet" value="1" />}
        <div className="min-w-0 flex-1"><Field name="name" type="search" label={t("members.name")} defaultValue={name} maxLength={60} /></div>
        <Button>{t("list.find")}</Button>
      </Form>
      {maySeeQuiet && (
        <p className="mt-3 text-small text-ink-2">
          {quiet && t("members.quietLead", { who: role ? common(`role.${role as "master"}`) : t("members.expected") })} <Link to={link(role, !quiet)} className="inline-flex min-h-touch items-center md:min-h-0">{t(quiet ? "members.everybody" : "members.quiet")}</Link>
        </p>
      )}
      {invitations.length > 0 && (
        <section className="mt-6">
          <h2 className="mb-2">{t("members.waiting")}</h2>
          <ul className="rows">
            {invitations.map((invitation) => (
              <li key={invitation.id}>
                <span className="min-w-0 flex-1"><Link to={`/invitations/${invitation.id}`}>{invitation.personName}</Link> <span className="text-small text-ink-3">{t("members.invitedAs", { role: common(`role.${invitation.role}`) })} · {t("members.expires", { when: sayWhen(invitation.expiresAt, i18n.language, "day") })}</span></span>
                <Form method="post" action={`/invitations/${invitation.id}/withdraw`}><Button weight="quiet">{t("members.withdraw")}</Button></Form>
              </li>
            ))}
          </ul>
        </section>
      )}
      <div className="mt-6">
        {members.length === 0 ? <Empty title={t(quiet ? "members.noneQuiet" : "members.none")}>{t(quiet ? "members.noneQuietHelp" : "members.noneHelp")}</Empty> : <ul className="rows">{members.map((member) => <MemberRow key={member.id} studioId={studio.id} member={member} />)}</ul>}
      </div>
      {next && <p className="mt-4"><LinkButton to={`${link(role)}&after=${next}`}>{t("list.more")}</LinkButton></p>}
    </div>
  );
}

const SEAT_ROLE_TABS = ["master", "subject_lead", "young_teacher", "trainee", "studio_assistant", "guest_expert"];

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
