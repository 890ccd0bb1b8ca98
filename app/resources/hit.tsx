import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { Segment } from "#search/engine.ts";
import { sayWhen } from "../ui/when.tsx";
import { usePlace } from "../lessons/place.ts";
import type { Found } from "./find.server.ts";

/** One thing that was found: why, where it leads, the process that made it, whether one may take it. */
export function Hit({ hit }: { hit: Found }) {
  const { t, i18n } = useTranslation("resources");
  const place = usePlace();
  const when = hit.at && (hit.kind === "seminar" ? sayWhen(hit.at, i18n.language) : sayWhen(hit.at, i18n.language, "month"));
  const made = hit.process && [hit.process.seminars > 0 && t("process.seminars", { count: hit.process.seminars }), hit.process.versions > 0 && t("process.versions", { count: hit.process.versions }), hit.process.reflections > 0 && t("process.reflected")].filter(Boolean).join(" · ");
  return (
    <li className="border-t border-hairline py-5">
      <p className="text-small text-ink-3">{[t(`kind.${hit.kind}`), hit.place && place(hit.place), hit.from, when].filter(Boolean).join(" · ")}</p>
      <h2 className="font-song text-lead font-bold"><Link to={hit.href}><Marked segments={hit.title} /></Link></h2>
      {hit.excerpt.length > 0 && (
        <p className="max-w-[44em] text-ink-2">
          {hit.section && <span className="mr-3 text-small text-ink-3"><Marked segments={hit.section} /></span>}
          <Marked segments={hit.excerpt} />
        </p>
      )}
      <p className="mt-1 flex flex-wrap gap-x-4 text-small">
        {hit.people && <span>{hit.authors > 1 ? t("authors", { name: hit.people, count: hit.authors }) : hit.people}</span>}
        {made && <span className="text-ink-3">{made}</span>}
        {hit.licence && <span className={hit.takeable ? "text-pine" : "text-amber"}>{t(`licence.${hit.licence as "cc_by"}.short`)}</span>}
        {hit.reuses > 0 && <span className="text-ink-3">{t("reused", { count: hit.reuses })}</span>}
      </p>
    </li>
  );
}

function Marked({ segments }: { segments: readonly Segment[] }) {
  return segments.map((segment, index) => (segment.hit ? <mark key={index}>{segment.text}</mark> : segment.text));
}
