import { Form, Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Button } from "../ui/button.tsx";

/** What waits for the head of a group or a master: let it be published, or send it back. */
export function Decide({ resourceId }: { resourceId: string }) {
  const { t } = useTranslation("resources");
  return (
    <section className="card mt-5 flex flex-wrap items-center gap-4 border-l-[3px] border-l-cinnabar">
      <p className="min-w-0 flex-1 basis-60">{t("decide.waits")}</p>
      <Form method="post" action={`/resources/${resourceId}/approve`}><Button weight="go">{t("decide.approve")}</Button></Form>
      <Link to={`/resources/${resourceId}/return`}>{t("decide.return")}</Link>
    </section>
  );
}
