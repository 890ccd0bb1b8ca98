import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { LinkButton } from "../ui/button.tsx";
import { Tag } from "../ui/tag.tsx";
import { sayWhen } from "../ui/when.tsx";
import type { Wait } from "./waits.server.ts";

interface Props {
  wait: Wait;
  now: Date;
}

/** The one thing to do. */
export function WaitCard({ wait, now }: Props) {
  const words = useWords(wait, now);
  return (
    <section className="card grid gap-4 border-l-[3px] border-l-cinnabar">
      <div className="flex flex-wrap justify-between gap-4">
        <div className="min-w-0 flex-1 basis-72">
          <Tag tone="now">{words.due}</Tag>
          <h2 className="mt-1 font-song text-title font-bold">{words.title}</h2>
          <p className="text-ink-2">{words.detail}</p>
          {words.lacking && <p className="mt-2 text-small text-ink-2">{words.lacking}</p>}
        </div>
        <LinkButton to={wait.href} weight="go" className="self-center">{words.act}</LinkButton>
      </div>
    </section>
  );
}

export function WaitRow({ wait, now }: Props) {
  const words = useWords(wait, now);
  return (
    <li>
      <div className="min-w-0 flex-1">
        <Link to={wait.href} className="font-semibold">{words.title}</Link>
        <div className="text-small text-ink-2">{words.detail}</div>
      </div>
      <Tag tone={wait.due ? "now" : "plain"}>{words.due}</Tag>
    </li>
  );
}

function useWords(wait: Wait, now: Date) {
  const { t, i18n } = useTranslation("home");
  const { t: common } = useTranslation();
  const role = wait.params.role;
  const params = { ...wait.params, ...(role !== undefined && { role: common(`role.${role as "subject_lead"}`) }) };
  const words = t(`wait.${wait.key}`, { returnObjects: true, ...params });
  const at = wait.due && sayWhen(wait.due, i18n.language);
  const lacking = wait.lacking?.length ? t("lacking", { sections: wait.lacking.join(t("comma")) }) : null;
  return { ...words, lacking, due: at ? t(new Date(wait.due ?? 0) < new Date(now) ? "late" : "due", { at }) : t("waiting") };
}
