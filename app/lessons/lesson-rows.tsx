import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Chain } from "../ui/chain.tsx";
import { Tag } from "../ui/tag.tsx";
import type { LessonListed } from "./list.server.ts";

/** Lessons, each with who leads and where on the chain it is. `ofOneStudio`: the page says already which. */
export function LessonRows({ lessons, ofOneStudio = false }: { lessons: readonly LessonListed[]; ofOneStudio?: boolean }) {
  const { t } = useTranslation("lessons");
  const { t: preps } = useTranslation("preps");
  return (
    <ul className="rows">
      {lessons.map((lesson) => (
        <li key={lesson.id} className="flex-wrap">
          <div className="min-w-0 flex-1 basis-56">
            <Link to={`/lessons/${lesson.id}`} className="font-song text-lead font-semibold">{lesson.title}</Link>
            <div className="text-small text-ink-2">{[!ofOneStudio && (lesson.studio ?? t("list.alone")), lesson.group, lesson.lead && t("one.by", { name: lesson.lead })].filter(Boolean).join(" · ")}</div>
          </div>
          <div className="min-w-0 flex-[2] basis-full md:basis-[22rem]"><Chain now={lesson.now} /></div>
          {lesson.state && <div className="md:w-32 md:text-right"><Tag>{preps(`state.${lesson.state}`)}</Tag></div>}
        </li>
      ))}
    </ul>
  );
}
