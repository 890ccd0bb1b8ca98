import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData, useNavigation } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { requireViewer } from "#app/http/viewer.server.ts";
import { seatIn } from "#app/people/standing.ts";
import { studioFor } from "#app/studios/access.server.ts";
import { AT_ONCE } from "#app/studios/admit.server.ts";
import { ApplicationRow } from "#app/studios/application-row.tsx";
import { GroupOptions } from "#app/studios/group-options.tsx";
import { mayAdmitInto } from "#app/studios/policy.ts";
import { Button, LinkButton } from "#app/ui/button.tsx";
import { Empty } from "#app/ui/empty.tsx";
import { Field, Select } from "#app/ui/field.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { listOpenApplications } from "#db/applications.ts";
import { isId } from "#db/ids.ts";
import { countOpenSeats } from "#db/seats.ts";
import { listGroups } from "#db/studio-groups.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "入室申请", "Applications");

const TOLD = ["admitted", "waitlisted", "unconfirmed", "groupFull", "declined"] as const;

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { db } = context;
  const viewer = await requireViewer(context, request);
  const studio = await studioFor(db, viewer, "seeApplications", params.studioId);
  const asked = new URL(request.url).searchParams;
  const after = asked.get("after");
  const waiting = await listOpenApplications(db, studio.id, { after: isId(after) ? after : undefined, limit: AT_ONCE + 1 });
  const own = seatIn(viewer, studio.id);
  const { trainee } = studio.quota;
  return {
    studio: { id: studio.id, name: studio.name },
    waiting: waiting.slice(0, AT_ONCE),
    next: waiting.length > AT_ONCE ? (waiting[AT_ONCE - 1]?.id ?? null) : null,
    groups: (await listGroups(db, studio.id)).filter((group) => mayAdmitInto(viewer, studio, group.id)).map(({ id, name }) => ({ id, name })),
    anyGroup: own?.role !== "subject_lead",
    left: trainee === null ? null : Math.max(0, trainee - (await countOpenSeats(db, studio.id, "trainee"))),
    told: Object.fromEntries(TOLD.map((key) => [key, Math.min(AT_ONCE, Number(asked.get(key)) || 0)])) as Record<(typeof TOLD)[number], number>, // made from the very list
    nobody: asked.has("nobody"),
  };
}

export default function Applications() {
  const { t } = useTranslation("studios");
  const { studio, waiting, next, groups, anyGroup, left, told, nobody } = useLoaderData<typeof loader>();
  const busy = useNavigation().state !== "idle";
  const said = [
    told.admitted > 0 && t("applications.done", { n: told.admitted }),
    told.waitlisted > 0 && t("applications.doneWaitlisted", { n: told.waitlisted }),
    told.unconfirmed > 0 && t("applications.doneUnconfirmed", { n: told.unconfirmed }),
    told.groupFull > 0 && t("applications.doneGroupFull", { n: told.groupFull }),
    told.declined > 0 && t("applications.declined", { n: told.declined }),
    nobody && t("applications.nobody"),
  ].filter((sentence): sentence is string => typeof sentence === "string");
  return (
    <div className="page">
      <p className="kick"><Link to={`/studios/${studio.id}`}>{studio.name}</Link></p>
      <h1>{t("applications.title")}</h1>
      {left !== null && <p className="mt-1 text-ink-2">{t("applications.left", { n: left })}</p>}
      {said.length > 0 && <p role="status" className="mt-4 rounded-round bg-pine-wash px-4 py-2">{said.join(" ")}</p>}
      <div className="mt-6">
        {waiting.length === 0 ? <Empty title={t("applications.none")}>{t("applications.noneHelp")}</Empty> : (
          <Form method="post" action={`/studios/${studio.id}/applications/admit`} className="grid gap-5">
            <ul className="rows">{waiting.map((application) => <ApplicationRow key={application.id} application={application} />)}</ul>
            <div className="card grid gap-4 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)] sm:items-end">
              <div className="grid gap-3">
                <Select name="groupId" label={t("applications.into")}>{anyGroup ? <GroupOptions groups={groups} /> : groups.map((group) => <option key={group.id} value={group.id}>{group.name}</option>)}</Select>
                <Button weight="go" disabled={busy}>{t("applications.admit")}</Button>
              </div>
              <div className="grid gap-3">
                <Field name="reason" label={t("applications.reason")} maxLength={200} optional />
                <Button formAction={`/studios/${studio.id}/applications/decline`} disabled={busy}>{t("applications.decline")}</Button>
              </div>
            </div>
          </Form>
        )}
      </div>
      {next && <p className="mt-4"><LinkButton to={`?after=${next}`}>{t("list.more")}</LinkButton></p>}
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
