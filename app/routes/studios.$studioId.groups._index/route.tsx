import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { requireViewer } from "#app/http/viewer.server.ts";
import { studioFor } from "#app/studios/access.server.ts";
import { canOnStudio } from "#app/studios/policy.ts";
import { LinkButton } from "#app/ui/button.tsx";
import { Empty } from "#app/ui/empty.tsx";
import { Tag } from "#app/ui/tag.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { listSeatsOfRoles } from "#db/seats.ts";
import { countByGroup, listGroups } from "#db/studio-groups.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "分组", "Groups");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { db } = context;
  const viewer = await requireViewer(context, request);
  const studio = await studioFor(db, viewer, "seeMembers", params.studioId);
  const [groups, counts, leads] = [await listGroups(db, studio.id), await countByGroup(db, studio.id), await listSeatsOfRoles(db, studio.id, ["subject_lead"])];
  return {
    studio: { id: studio.id, name: studio.name },
    groups: groups.map(({ id, name, kind, capacity }) => ({ id, name, kind, capacity, n: counts.get(id) ?? 0, heads: leads.filter((lead) => lead.groupId === id).map((lead) => lead.name) })),
    mayMake: canOnStudio(viewer, "makeGroup", studio),
  };
}

export default function Groups() {
  const { t } = useTranslation("studios");
  const { t: common } = useTranslation();
  const { studio, groups, mayMake } = useLoaderData<typeof loader>();
  return (
    <div className="page">
      <p className="kick"><Link to={`/studios/${studio.id}`}>{studio.name}</Link></p>
      <div className="flex flex-wrap items-end justify-between gap-4">
        <h1>{t("groups.title")}</h1>
        {mayMake && <LinkButton to={`/studios/${studio.id}/groups/new`} weight="go">{t("groups.new")}</LinkButton>}
      </div>
      {mayMake && groups.length > 0 && <p className="mt-2 text-small text-ink-2">{t("groups.heads")}</p>}
      <div className="mt-6">
        {groups.length === 0 ? <Empty title={t("groups.none")}>{t("groups.noneHelp")}</Empty> : (
          <ul className="rows">
            {groups.map((group) => (
              <li key={group.id}>
                <div className="min-w-0 flex-1">
                  <b>{group.name}</b> <Tag>{t(`groups.${group.kind}`)}</Tag>
                  <div className="text-small text-ink-2">{group.heads.length > 0 ? t("groups.head", { name: group.heads.join("、") }) : t("groups.noHead")} · {group.capacity === null ? t("groups.count", { count: group.n }) : t("groups.countOf", { n: group.n, capacity: group.capacity })}</div>
                </div>
                {mayMake && <LinkButton weight="quiet" to={`/studios/${studio.id}/groups/${group.id}/edit`} aria-label={`${common("act.edit")}: ${group.name}`}>{common("act.edit")}</LinkButton>}
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
