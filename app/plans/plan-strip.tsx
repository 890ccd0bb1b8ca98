import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { usePlace } from "../lessons/place.ts";
import { LinkButton } from "../ui/button.tsx";
import { Chain } from "../ui/chain.tsx";
import { Face } from "../ui/face.tsx";
import { Tag } from "../ui/tag.tsx";
import type { PlanShown } from "./thread-list.tsx";

/** The strip above a plan: which lesson, where on the chain, who is in it, and what it still lacks. */
export function PlanStrip({ page, missing }: { page: PlanShown; missing: number }) {
  const { t } = useTranslation("plans");
  const place = usePlace();
  const { plan } = page;
  return (
    <div className="no-print border-b border-hairline bg-sheet">
      <div className="mx-auto flex max-w-[1180px] flex-wrap items-center gap-x-8 gap-y-3 px-4 py-3 md:px-6">
        <div className="min-w-0 max-md:basis-full md:basis-64">
          <p className="kick">{page.place ? place(page.place) : t(`kind.${plan.kind}`)}</p>
          <p className="font-song text-lead font-bold"><Link to={`/lessons/${plan.lessonId}`} className="no-underline">{plan.lessonTitle}</Link> · {t(`kind.${plan.kind}`)}</p>
        </div>
        <div className="min-w-0 flex-1 basis-[22rem]"><Chain now={page.chain} /></div>
        <div className="flex flex-wrap items-center gap-3">
          <span className="flex -space-x-1">{page.people.slice(0, 6).map((one) => <Face key={one.personId} name={one.name} id={one.personId} small />)}</span>
          {plan.secondPrep && <Tag>{t(`secondPrep.${plan.secondPrep}`)}</Tag>}
          <a href="#contents" className="text-small">{missing > 0 ? t("missingCount", { count: missing }) : t("complete")}</a>
          {page.may.submit && plan.prepId && <LinkButton to={`/preps/${plan.prepId}/submit-note`} weight="go"><SubmitWords /></LinkButton>}
          {page.may.fork && <LinkButton to={`/plans/${plan.id}/fork`} weight="go">{t("fork.title")}</LinkButton>}
        </div>
      </div>
    </div>
  );
}

function SubmitWords() {
  const { t } = useTranslation("preps");
  return <>{t("submit.title")}</>;
}
