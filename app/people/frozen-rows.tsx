import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Button } from "../ui/button.tsx";
import { Face } from "../ui/face.tsx";
import { When } from "../ui/when.tsx";

/** Accounts that are frozen, each with why, and the way to lift it. */
export function FrozenRows({ frozen }: { frozen: readonly { personId: string; name: string; reason: string; from: Date | string }[] }) {
  const { t } = useTranslation("operations");
  if (frozen.length === 0) return <p className="text-small text-ink-2">{t("frozen.nobody")}</p>;
  return (
    <ul className="rows">
      {frozen.map(({ personId, name, reason, from }) => (
        <li key={personId}>
          <Face name={name} id={personId} />
          <div className="min-w-0 flex-1">
            {name}
            <div className="text-small text-ink-3">{t("frozen.since")} <When at={from} /></div>
            <p className="text-small [overflow-wrap:anywhere] whitespace-pre-line text-ink-2">{reason}</p>
          </div>
          <Form method="post" action={`/operations/people/${personId}/lift`}>
            <Button aria-label={`${t("frozen.lift")}: ${name}`}>{t("frozen.lift")}</Button>
          </Form>
        </li>
      ))}
    </ul>
  );
}
