import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { AttachmentList } from "../../files/attachment-list.tsx";
import type { UploadField } from "../../files/upload-field.tsx";
import { PlanEditor } from "../../plans/editor/plan-editor.tsx";
import { usePlace } from "../../plans/use-place.ts";
import { Link } from "@remix-run/react";
import { sayWhen } from "../../ui/when.tsx";
import { Button } from "../../ui/button.tsx";
import { OrderForm } from "./order-form.tsx";
import type { RoomShown } from "./room-page.server.ts";
import type { RoomHere } from "./use-room.ts";

const NO_THREADS: [] = [];

/** What lies on the table: where the agenda is, the plan that everybody looks at, and the files. */
export function Table({ page, room }: { page: RoomShown; room: RoomHere }) {
  const { t } = useTranslation("seminars");
  const { plan, seminar } = page;
  const seen = plan === "hidden" ? null : plan;
  usePlace(seen?.id ?? null, seen?.sections.map(({ key }) => key) ?? []);
  return (
    <div className="room-table">
      <Agenda page={page} room={room} />
      {seen ? (
        <PlanEditor docName={`plan:${seen.id}`} page={{ href: `/plans/${seen.id}`, title: seen.title }} epoch={seen.epoch} me={page.me} sections={seen.sections} mayEdit={seen.mayWrite} mayComment={false} threads={NO_THREADS} selectedThread={null} head={<PlanTop plan={seen} />} />
      ) : (
        <div className="card grid gap-3">
          {seminar.intro ? <p className="prose-song whitespace-pre-line">{seminar.intro}</p> : !plan && <p className="text-ink-2">{t("room.noPlan")}</p>}
          {plan === "hidden" && <p className="text-ink-2">{t("room.planHidden")}</p>}
        </div>
      )}
      <section aria-labelledby="room-files" className="mt-6">
        <h2 id="room-files">{t("room.files")}</h2>
        <AttachmentList attachments={[...(seen?.attachments ?? []), ...page.attached]} />
        {page.may.attach && <AddFile seminarId={seminar.id} />}
      </section>
    </div>
  );
}

/** Folded away until somebody has a file to show: its field comes once the room is alive. Until it has come, and where the line keeps it away, the seminar's own page has one. */
function AddFile({ seminarId }: { seminarId: string }) {
  const { t } = useTranslation("seminars");
  const [Field, setField] = useState<typeof UploadField>();
  useEffect(() => void import("../../files/upload-field.tsx").then((found) => setField(() => found.UploadField), () => undefined), []);
  return (
    <details>
      <summary className="inline-flex min-h-touch cursor-pointer items-center text-small text-ink-2">{t("room.addFile")}</summary>
      {Field ? <Field ownerType="seminar" ownerId={seminarId} back={`/seminars/${seminarId}/room`} refused={null} /> : <Link to={`/seminars/${seminarId}`} target="_blank" className="text-small">{t("room.addFileThere")}</Link>}
    </details>
  );
}

function PlanTop({ plan }: { plan: Exclude<RoomShown["plan"], null | "hidden"> }) {
  const { t } = useTranslation("seminars");
  return (
    <header>
      <h2 className="font-song text-title font-bold">{plan.title}</h2>
      <p className="text-small text-ink-2">{plan.mayWrite ? t("room.planWrite") : t("room.planRead")} <Link to={`/plans/${plan.id}`} target="_blank">{plan.mayComment ? t("room.planComment") : t("room.planOpen")}</Link></p>
    </header>
  );
}

/** Where the agenda is and until when, by its plan. Hosts move it. */
function Agenda({ page, room }: { page: RoomShown; room: RoomHere }) {
  const { t, i18n } = useTranslation("seminars");
  const { agenda } = page.seminar;
  const { agendaAt, startedAt } = room.now.seminar;
  const item = agenda[agendaAt];
  if (!item) return null;
  const until = startedAt && new Date(Date.parse(startedAt) + 60_000 * agenda.slice(0, agendaAt + 1).reduce((sum, one) => sum + one.minutes, 0));
  const section = page.plan && page.plan !== "hidden" ? page.plan.sections.find((one) => one.key === item.sectionKey) : undefined;
  return (
    <div className="room-agenda">
      <p aria-live="polite">
        <span className="text-small text-ink-2">{t("room.agendaAt", { at: agendaAt + 1, of: agenda.length })}{until && ` · ${t("room.until", { time: sayWhen(until, i18n.language, "time") })}`}</span>{" "}
        <b className="font-semibold">{item.title}</b>{" "}
        {section && <a href={`#${section.key}`} className="rounded-[3px] bg-cinnabar-wash px-2 text-small text-cinnabar">{t("room.lookAt", { section: section.title })}</a>}
      </p>
      <details>
        <summary className="inline-flex min-h-touch cursor-pointer items-center text-small text-ink-2 md:min-h-7">{t("room.wholeAgenda")}</summary>
        <ol className="grid gap-1 pb-2">
          {agenda.map((one, index) => (
            <li key={index} aria-current={index === agendaAt ? "step" : undefined} className="flex items-center gap-3 text-ink-2 aria-[current]:font-semibold aria-[current]:text-cinnabar">
              <span className="min-w-0 flex-1">{index + 1}. {one.title} <span className="text-small font-normal text-ink-3">{t("page.minutes", { count: one.minutes })}</span></span>
              {room.now.may.host && index !== agendaAt && <OrderForm what={{ type: "agenda", position: index }} order={room.order}><Button weight="quiet" className="px-2 text-small" aria-label={t("room.moveToNamed", { title: one.title })}>{t("room.moveTo")}</Button></OrderForm>}
            </li>
          ))}
        </ol>
      </details>
      {room.now.may.host && agendaAt + 1 < agenda.length && <OrderForm what={{ type: "agenda", position: agendaAt + 1 }} order={room.order}><Button className="px-3 text-small">{t("room.nextPoint")}</Button></OrderForm>}
    </div>
  );
}
