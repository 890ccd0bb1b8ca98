import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { conflict, readForm, unprocessable } from "#app/http/form.server.ts";
import { refuse } from "#app/http/refusals.ts";
import { prose } from "#app/http/text.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { groupOf, studioFor } from "#app/studios/access.server.ts";
import { InvitationFields } from "#app/studios/invitation-fields.tsx";
import { invite } from "#app/studios/invite.server.ts";
import { noSeatProblem } from "#app/studios/no-seat.ts";
import { canOnStudio, INVITED_ROLES } from "#app/studios/policy.ts";
import { Button } from "#app/ui/button.tsx";
import { Field, FormProblem } from "#app/ui/field.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { searchTeachers } from "#db/people-search.ts";
import { countOpenSeats, listSeatsAmong } from "#db/seats.ts";
import { listGroups } from "#db/studio-groups.ts";
import type { StudioSeen } from "#db/studios.ts";
import type { Viewer } from "#db/viewer.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "邀请一位老师", "Invite a teacher");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { db } = context;
  const viewer = await requireViewer(context, request);
  const studio = await studioFor(db, viewer, "invite.trainee", params.studioId);
  const name = new URL(request.url).searchParams.get("name")?.trim().slice(0, 60) ?? "";
  const province = studio.regionPath.at(-1);
  const left = async (role: "subject_lead" | "young_teacher", quota: number) => Math.max(0, quota - (await countOpenSeats(db, studio.id, role)));
  const found = name && province ? await searchTeachers(db, province, name) : [];
  const seated = new Map((await listSeatsAmong(db, studio.id, found.map((one) => one.id))).map(({ personId, id, role }) => [personId, { id, role }]));
  return {
    name,
    studioId: studio.id,
    people: found.map((one) => ({ ...one, seat: seated.get(one.id) ?? null })),
    roles: rolesOf(viewer, studio),
    groups: (await listGroups(db, studio.id)).map(({ id, name: group }) => ({ id, name: group })),
    left: { leads: await left("subject_lead", studio.quota.subjectLead), young: await left("young_teacher", studio.quota.youngTeacher) },
  };
}

const form = z.object({ personId: z.string().optional(), role: z.enum(INVITED_ROLES), groupId: z.string().optional(), message: prose(300) });

export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const seen = await studioFor(context.db, viewer, "invite.trainee", params.studioId);
  const { values, problems, typed } = await readForm(request, form);
  if (problems) return unprocessable(problems, typed);
  const { role, personId, message } = values;
  if (!rolesOf(viewer, seen).includes(role)) throw refuse("notAllowed");
  const studio = await studioFor(context.db, viewer, `invite.${role}`, params.studioId);
  const groupId = values.groupId ? (await groupOf(context.db, studio, values.groupId)).id : null;
  const outcome = personId ? await invite(context.db, viewer, studio, role, { personId, groupId, message }) : { refused: "unknown" as const };
  if ("refused" in outcome) return conflict(noSeatProblem(outcome.refused, role, studio.quota), typed);
  throw redirect(`/studios/${studio.id}/members`);
}

function rolesOf(viewer: Viewer, studio: StudioSeen) {
  return INVITED_ROLES.filter((role) => canOnStudio(viewer, `invite.${role}`, studio));
}

export default function NewInvitation() {
  const { t } = useTranslation("studios");
  const { name, studioId, people, roles, groups, left } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const busy = useNavigation().state !== "idle";
  const ready = people.length > 0;
  return (
    <div className="page">
      <div className="mx-auto grid max-w-[38rem] gap-6">
        <div>
          <h1>{t("invitation.newTitle")}</h1>
          <p className="mt-1 text-ink-2">{t("invitation.newLead")}</p>
          <p className="mt-1 text-small text-ink-3">{t("invitation.left", left)}</p>
        </div>
        <Form className="flex items-end gap-3">
          <div className="min-w-0 flex-1"><Field name="name" type="search" label={t("invitation.name")} defaultValue={name} maxLength={60} required autoFocus={!ready} /></div>
          <Button weight={ready ? "plain" : "go"}>{t("invitation.find")}</Button>
        </Form>
        {name && !ready && <div className="rounded-round border border-dashed border-rule px-5 py-6 text-center"><p className="font-song text-lead">{t("invitation.none")}</p><p className="mt-1 text-ink-2">{t("invitation.noneHelp")}</p></div>}
        {ready && (
          <Form method="post" className="grid gap-5">
            <FormProblem problems={answer?.problems} />
            <InvitationFields studioId={studioId} people={people} roles={roles} groups={groups} typed={answer?.typed ?? {}} problems={answer?.problems} />
            <div><Button weight="go" disabled={busy}>{t("invitation.go")}</Button></div>
          </Form>
        )}
      </div>
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
