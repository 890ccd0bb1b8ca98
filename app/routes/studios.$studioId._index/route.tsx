import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { studioSeenBy } from "#app/studios/access.server.ts";
import { DraftCard } from "#app/studios/draft-card.tsx";
import { GoingOn } from "#app/studios/going-on.tsx";
import { HomeAside } from "#app/studios/home-aside.tsx";
import { HomeHeader } from "#app/studios/home-header.tsx";
import { actsOf, studioHome } from "#app/studios/home.server.ts";
import { StudioPicture } from "#app/studios/studio-picture.tsx";
import { ThisWeek } from "#app/studios/this-week.tsx";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction<typeof loader> = ({ matches, data }) => pageTitle(matches, data?.studio.name ?? "工作室", data?.studio.name ?? "Studio");

export async function loader({ params, context }: LoaderFunctionArgs) {
  const viewer = await context.viewer();
  const seen = await studioSeenBy(context.db, viewer, params.studioId);
  const { id, name, level, subject, stages, regionName, intro, status, recruitPolicy, term, masterName, quota, returnReason } = seen;
  const studio = { id, name, level, subject, stages, regionName, intro, status, recruitPolicy, term, masterName, quota, returnReason };
  return { studio, home: await studioHome(context.db, viewer, seen, new Date()), may: actsOf(viewer, seen), signedIn: viewer !== null };
}

export default function StudioHomePage() {
  const { t } = useTranslation("studios");
  const { t: common } = useTranslation();
  const { studio, home, may, signedIn } = useLoaderData<typeof loader>();
  const { own, counts } = home;
  if (studio.status === "draft") {
    return (
      <div className="page">
        <HomeHeader studio={studio} own={own} may={{ invite: false, startPrep: false, apply: false }} signedIn={signedIn} />
        <DraftCard studio={studio} may={may} />
      </div>
    );
  }
  return (
    <div className="page">
      <HomeHeader studio={studio} own={own} may={may} signedIn={signedIn} />
      {own.invitation && <Waits to={`/invitations/${own.invitation.id}`} go={t("home.see")}>{t("home.invited", { name: studio.name, role: common(`role.${own.invitation.role}`) })}</Waits>}
      {home.waiting > 0 && <Waits to={`/studios/${studio.id}/applications`} go={t("home.see")}>{t("home.applications", { count: home.waiting })}</Waits>}
      {home.quiet > 0 && <Waits to={`/studios/${studio.id}/members?quiet=1`} go={t("home.see")}>{t("home.quiet", { count: home.quiet })}</Waits>}
      {home.week && <ThisWeek week={home.week} quiet={home.quiet > 0} />}
      <div className="two mt-8">
        <div className="min-w-0">
          <StudioPicture {...counts} master={studio.masterName} leadNames={home.leads.map((lead) => lead.name)} />
          <GoingOn studioId={studio.id} seminars={home.seminars} preps={home.preps} member={own.seat !== null} />
        </div>
        <HomeAside studioId={studio.id} figures={home.figures} leads={home.leads} leadQuota={counts.leadQuota} announcements={home.announcements} member={own.seat !== null} signedIn={signedIn} may={may} />
      </div>
    </div>
  );
}

function Waits({ to, go, children }: { to: string; go: string; children: string }) {
  return (
    <p className="mt-5 flex flex-wrap items-center justify-between gap-3 rounded-round border-l-3 border-cinnabar bg-cinnabar-wash px-4 py-2">
      <span>{children}</span>
      <Link to={to} className="inline-flex min-h-touch items-center font-semibold text-cinnabar md:min-h-0">{go}</Link>
    </p>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
