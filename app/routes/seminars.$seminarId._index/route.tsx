import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { requireViewer } from "#app/http/viewer.server.ts";
import { seminarSeenBy } from "#app/seminars/access.server.ts";
import { AttachmentList } from "#app/files/attachment-list.tsx";
import { UploadField } from "#app/files/upload-field.tsx";
import { AtTheDoor } from "#app/seminars/at-the-door.tsx";
import { filesOfSeminar } from "#app/seminars/files-of-seminar.server.ts";
import { minutesAccess } from "#app/seminars/minutes-access.ts";
import { canOnSeminar, doorOf } from "#app/seminars/policy.ts";
import { Button, LinkButton } from "#app/ui/button.tsx";
import { Tag } from "#app/ui/tag.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { When } from "#app/ui/when.tsx";
import { countPlaces, namesOf, seminarRolesOf } from "#db/seminar-people.ts";

export const meta: MetaFunction<typeof loader> = ({ matches, data }) => pageTitle(matches, data?.seminar.title ?? "", data?.seminar.title ?? "");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const seminar = await seminarSeenBy(context.db, viewer, params.seminarId ?? "");
  const roles = await seminarRolesOf(context.db, seminar.id);
  const names = await namesOf(context.db, [...roles.keys()]);
  const taken = await countPlaces(context.db, seminar.id);
  const door = doorOf(viewer, seminar, new Date());
  const minutes = await minutesAccess(context.db, viewer, seminar.id);
  const asked = new URL(request.url).searchParams;
  const { id, title, intro, kind, state, hostName, agenda, capacity, visibility, lobby, lessonId, stateReason, mine } = seminar;
  return {
    seminar: { id, title, intro, kind, state, hostName, agenda, capacity, visibility, lobby, lessonId, stateReason, registration: mine.registration, startsAt: seminar.startsAt.toISOString(), endsAt: seminar.endsAt.toISOString() },
    people: [...roles].map(([personId, role]) => ({ personId, role, name: names.get(personId) ?? "" })),
    taken,
    shut: door.door === "shut" ? door.reason : null,
    full: taken >= capacity && asked.has("full"),
    files: await filesOfSeminar(context.db, viewer, seminar),
    refused: asked.get("refused"),
    may: { attach: canOnSeminar(viewer, "move_agenda", seminar) || canOnSeminar(viewer, "edit", seminar), writeMinutes: minutes?.mode === "write", register: canOnSeminar(viewer, "register", seminar), enter: door.door !== "shut" && canOnSeminar(viewer, "enter", seminar), edit: canOnSeminar(viewer, "edit", seminar) },
  };
}

export default function SeminarPage() {
  const { t } = useTranslation("seminars");
  const { seminar, people, taken, shut, full, files, refused, may } = useLoaderData<typeof loader>();
  const over = seminar.state === "ended" || seminar.state === "reported";
  const waits = seminar.registration === "waiting" && may.enter;
  const coming = seminar.registration === "registered" || seminar.registration === "admitted";
  return (
    <div className="page">
      <p className="kick">{t(`kind.${seminar.kind}`)}</p>
      <h1>{seminar.title}</h1>
      <p className="mt-1 mb-6 flex flex-wrap items-center gap-x-4 gap-y-1 text-ink-2">
        <span><When at={seminar.startsAt} />–<When at={seminar.endsAt} as="time" /></span>
        <span>{t("page.host", { name: seminar.hostName })}</span>
        <Tag tone={seminar.state === "live" ? "now" : over ? "done" : "plain"}>{t(`state.${seminar.state}`)}</Tag>
      </p>
      <div className="two">
        <div className="grid content-start gap-6">
          {seminar.stateReason && <p className="rounded-round bg-amber-wash px-4 py-2 text-amber">{t("page.reason", { reason: seminar.stateReason })}</p>}
          {seminar.intro && <p className="prose-song whitespace-pre-line">{seminar.intro}</p>}
          <section>
            <h2 className="mb-2">{t("page.agenda")}</h2>
            {seminar.agenda.length === 0 ? <p className="text-ink-2">{t("page.noAgenda")}</p> : (
              <ol className="rows">{seminar.agenda.map((item, index) => <li key={index}><span className="min-w-0 flex-1">{item.title}</span><span className="text-small text-ink-2">{t("page.minutes", { count: item.minutes })}</span></li>)}</ol>
            )}
          </section>
          <section>
            <h2 className="mb-2">{t("page.who")}</h2>
            <ul className="flex flex-wrap gap-x-5 gap-y-2">{people.map((one) => <li key={one.personId}><Link to={`/people/${one.personId}`}>{one.name}</Link> <span className="text-small text-ink-3">{t(`part.${one.role}`)}</span></li>)}</ul>
          </section>
          {(files.length > 0 || may.attach) && (
            <section aria-labelledby="files">
              <h2 id="files">{t("page.files")}</h2>
              <AttachmentList attachments={files} />
              {may.attach && <details open={refused !== null}><summary className="inline-flex min-h-touch cursor-pointer items-center text-small text-ink-2">{t("room.addFile")}</summary><UploadField ownerType="seminar" ownerId={seminar.id} back={`/seminars/${seminar.id}`} refused={refused} /></details>}
            </section>
          )}
        </div>
        <aside className="card grid content-start gap-4 max-[60rem]:order-first">
          {waits && <AtTheDoor seminarId={seminar.id} />}
          {may.enter && !waits && <Form method="post" action={`/seminars/${seminar.id}/enter`}><Button weight="go" className="w-full">{t("page.enter")}</Button></Form>}
          {!over && !shut && <Link to={`/seminars/${seminar.id}/check`}>{t("page.check")}</Link>}
          {over && <LinkButton to={`/seminars/${seminar.id}/minutes`} weight="go">{t(may.writeMinutes ? "page.writeMinutes" : "page.readMinutes")}</LinkButton>}
          {over && <LinkButton to={`/seminars/${seminar.id}/report`}>{t("page.report")}</LinkButton>}
          {shut && !over && <p className="text-ink-2">{t(`shut.${shut}`)}</p>}
          {full && <p role="alert" className="text-cinnabar">{t("page.full")}</p>}
          {may.register && (
            <Form method="post" action={`/seminars/${seminar.id}/register`} className="grid gap-2">
              {coming && <p className="text-pine">{t("page.registered")}</p>}
              {coming ? <Button name="leave" value="1" weight="quiet">{t("page.unregister")}</Button> : <Button weight={may.enter ? "plain" : "go"}>{t("page.register")}</Button>}
            </Form>
          )}
          {over ? <p className="text-small text-ink-2">{t("page.placesOver", { taken })}</p> : <p className="text-small text-ink-2">{t("page.places", { taken, capacity: seminar.capacity })}<br />{t("page.open", { who: t(`visibility.${seminar.visibility}`) })}{seminar.lobby && <><br />{t("page.lobby")}</>}</p>}
          {!over && <a href={`/seminars/${seminar.id}/calendar.ics`}>{t("page.calendar")}</a>}
          {seminar.lessonId && <Link to={`/lessons/${seminar.lessonId}`}>{t("page.lesson")}</Link>}
          {may.edit && <p className="flex flex-wrap gap-x-5 gap-y-2 border-t border-hairline pt-4"><Link to={`/seminars/${seminar.id}/edit`}>{t("page.edit")}</Link><Link to={`/seminars/${seminar.id}/postpone`}>{t("page.postpone")}</Link><Link to={`/seminars/${seminar.id}/cancel`}>{t("page.cancel")}</Link></p>}
        </aside>
      </div>
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
