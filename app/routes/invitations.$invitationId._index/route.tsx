import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData, useNavigation } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { requireViewer } from "#app/http/viewer.server.ts";
import { invitationSeenBy } from "#app/studios/access.server.ts";
import { Button } from "#app/ui/button.tsx";
import { Tag } from "#app/ui/tag.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { sayWhen } from "#app/ui/when.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "邀请", "Invitation");

const LACKING = ["full", "groupFull", "unverified"] as const;

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const { invitation, studio, as } = await invitationSeenBy(context.db, viewer, params.invitationId, new Date());
  const asked = new URL(request.url).searchParams.get("lacking");
  const { id, role, group, message, state, expiresAt, personName, byName } = invitation;
  return { invitation: { id, role, group, message, state, expiresAt, personName, byName: byName ?? studio.masterName }, studio: { id: studio.id, name: studio.name }, as, lacking: LACKING.find((one) => one === asked) ?? null };
}

export default function Invitation() {
  const { t, i18n } = useTranslation("studios");
  const { t: common } = useTranslation();
  const { invitation, studio, as, lacking } = useLoaderData<typeof loader>();
  const busy = useNavigation().state !== "idle";
  const role = common(`role.${invitation.role}`);
  const open = invitation.state === "open";
  const title = as === "inviter" ? t("invitation.sent", { name: invitation.personName }) : open ? t("invitation.title", { studio: studio.name }) : t(`invitation.overTitle.${invitation.state as "accepted"}`);
  return (
    <div className="page">
      <article className="card mx-auto max-w-[36rem]">
        <p className="kick"><Link to={`/studios/${studio.id}`}>{studio.name}</Link></p>
        <h1>{title}</h1>
        <p className="mt-3 text-lead">{invitation.group ? t("invitation.asRoleGroup", { name: invitation.byName, role, group: invitation.group }) : t("invitation.asRole", { name: invitation.byName, role })}</p>
        {as === "inviter" && <p className="mt-2"><Tag tone={open ? "mind" : "plain"}>{t(`invitation.state.${invitation.state}`)}</Tag></p>}
        {invitation.message && <blockquote className="prose-song mt-4 border-l-2 border-rule pl-4 whitespace-pre-line">{invitation.message}</blockquote>}
        {lacking && open && <p role="alert" className="mt-4 rounded-round bg-amber-wash px-4 py-2">{t(`invitation.${lacking}Now`, { role, name: invitation.byName })}</p>}
        {open && <p className="mt-4 text-small text-ink-3">{t("invitation.until", { when: sayWhen(invitation.expiresAt, i18n.language, "full") })}</p>}
        {!open && as === "named" && invitation.state !== "accepted" && <p className="mt-4 text-ink-2">{t("invitation.overHelp")}</p>}
        <div className="mt-6 flex flex-wrap gap-3">
          {open && as === "named" && (
            <>
              <Form method="post" action={`/invitations/${invitation.id}/accept`}><Button weight="go" disabled={busy}>{t("invitation.accept")}</Button></Form>
              <Form method="post" action={`/invitations/${invitation.id}/decline`}><Button disabled={busy}>{t("invitation.decline")}</Button></Form>
            </>
          )}
          {open && as === "inviter" && <Form method="post" action={`/invitations/${invitation.id}/withdraw`}><Button disabled={busy}>{t("invitation.withdraw")}</Button></Form>}
          <Link to={`/studios/${studio.id}`} className="inline-flex min-h-touch items-center md:min-h-10">{t("invitation.studio")}</Link>
        </div>
      </article>
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
