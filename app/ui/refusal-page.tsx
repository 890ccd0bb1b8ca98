import { isRouteErrorResponse, useLocation, useRouteError, useRouteLoaderData } from "@remix-run/react";
import { useContext, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { refusalOf } from "../http/refusals.ts";
import { LinkButton } from "./button.tsx";
import { faultNumber, RequestNumber } from "./fault-number.ts";
import { sentFormFailed } from "./kept-form.ts";

/**
 * What a person sees instead of a page that refuses or fails: what happened, in words, and the number under which it is written down.
 *
 * @param beside what else there is to say where the page has failed
 */
export function RefusalPage({ beside }: { beside?: string }) {
  const { t } = useTranslation();
  const error = useRouteError();
  const refusal = refusalOf(error);
  const { pathname, search } = useLocation();
  const [kept, setKept] = useState(false);
  useEffect(() => setKept(!refusal && sentFormFailed()), [refusal]);
  // The browser's own words for a line that is down: no answer came that could be a fault.
  const cut = error instanceof TypeError && !isRouteErrorResponse(error) && typeof navigator !== "undefined" && /fetch|network|load failed/i.test(error.message);
  const root = useRouteLoaderData("root") as { requestId?: string } | undefined; // may be missing when the root itself failed
  const requestNumber = useContext(RequestNumber);
  const [id] = useState(() => faultNumber() ?? root?.requestId ?? requestNumber ?? "—");
  const words = t(refusal ? `refusal.${refusal}` : cut ? (kept ? "refusal.notSent" : "refusal.cut") : "refusal.fault", { returnObjects: true, id });
  return (
    <div className="page">
      <div className="mx-auto max-w-[32rem] py-12 text-center">
        <h1>{words.title}</h1>
        <p className="mt-3 text-ink-2">{words.detail}</p>
        {beside && !refusal && !cut && <p className="mt-3">{beside}</p>}
        {kept && <p className="mt-3">{t("refusal.kept")}</p>}
        <p className="mt-6 flex justify-center gap-3">
          {!refusal && <LinkButton to={pathname + search} replace weight="go">{t(kept ? "refusal.toForm" : "refusal.again")}</LinkButton>}
          <LinkButton to={refusal === "signIn" ? "/sign-in" : "/"} weight={refusal ? "go" : "plain"}>
            {refusal === "signIn" ? t("account.signIn") : t("nav.home")}
          </LinkButton>
        </p>
      </div>
    </div>
  );
}
