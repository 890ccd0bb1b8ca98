import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { requireViewer } from "#app/http/viewer.server.ts";
import { seatFor } from "#app/studios/access.server.ts";
import { PLAIN_REASONS, seatHistory } from "#app/studios/seat-history.server.ts";
import { Face } from "#app/ui/face.tsx";
import { Tag } from "#app/ui/tag.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { sayWhen } from "#app/ui/when.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "席位记录", "Seats so far");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const seat = await seatFor(context.db, viewer, "seeHistory", params.studioId, params.seatId);
  const steps = await seatHistory(context.db, seat);
  return { studio: { id: seat.studio.id, name: seat.studio.name }, person: { id: seat.personId, name: seat.name }, steps: steps.map(({ end, ...step }) => ({ ...step, end: end && { ...end, plain: PLAIN_REASONS.find((one) => one === end.reason) ?? null } })) };
}

export default function SeatsSoFar() {
  const { t, i18n } = useTranslation("studios");
  const { t: common } = useTranslation();
  const { studio, person, steps } = useLoaderData<typeof loader>();
  const day = (at: Date | string) => sayWhen(at, i18n.language, "full");
  return (
    <div className="page">
      <p className="kick"><Link to={`/studios/${studio.id}/members`}>{studio.name}</Link></p>
      <div className="flex items-center gap-4">
        <Face name={person.name} id={person.id} />
        <h1 className="min-w-0">{t("history.title", { name: person.name })}</h1>
      </div>
      <ol className="rows mt-6 max-w-[44rem]">
        {steps.map((step) => (
          <li key={step.id}>
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-center gap-2"><Tag tone={step.end ? "plain" : "people"}>{common(`role.${step.role}`)}</Tag>{step.group}</p>
              <p className="mt-1 text-small text-ink-2">{step.givenBy ? t("history.given", { when: day(step.from), name: step.givenBy }) : t("history.opened", { when: day(step.from) })}</p>
              {step.end && (
                <p className="text-small text-ink-2">
                  {step.end.by ? t("history.endedBy", { when: day(step.end.at), name: step.end.by }) : t("history.ended", { when: day(step.end.at) })}
                  {" · "}
                  {step.end.plain ? t(`history.reason.${step.end.plain}`) : step.end.reason}
                </p>
              )}
            </div>
            {!step.end && <Tag tone="done">{t("history.now")}</Tag>}
          </li>
        ))}
      </ol>
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
