import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { LinkButton } from "../ui/button.tsx";
import { Chain } from "../ui/chain.tsx";
import type { welcome } from "./welcome.server.ts";

/** The open page: what this place is, in one look. */
export function Welcome({ studios, newest }: Awaited<ReturnType<typeof welcome>>) {
  const { t } = useTranslation("home");
  const { t: common } = useTranslation();
  return (
    <div className="page">
      <section className="max-w-[46rem] py-6">
        <p className="kick">{common("tagline")}</p>
        <h1 className="mt-2">{t("welcome.title")}</h1>
        <p className="mt-4 max-w-[38em] text-lead text-ink-2">{t("welcome.lead")}</p>
        <p className="mt-6 flex flex-wrap gap-3">
          <LinkButton to="/sign-in" weight="go">{common("account.signIn")}</LinkButton>
          <LinkButton to="/register">{common("account.register")}</LinkButton>
          <LinkButton to="/resources" weight="quiet">{t("welcome.find")}</LinkButton>
        </p>
      </section>
      <div className="card my-6"><Chain now={null} /></div>
      <div className="two mt-8">
        <section>
          <h2 className="mb-3">{t("welcome.newest")}</h2>
          {newest.length === 0 && <p className="text-ink-2">{t("welcome.none")}</p>}
          <ul className="rows">
            {newest.map((one) => (
              <li key={one.id}>
                <div className="min-w-0">
                  <Link to={`/resources/${one.id}`} className="font-song text-lead font-bold">{one.title}</Link>
                  {one.abstract && <p className="text-ink-2">{one.abstract}</p>}
                </div>
              </li>
            ))}
          </ul>
        </section>
        <section>
          <h2 className="mb-3">{t("welcome.studios")}</h2>
          {studios.length === 0 && <p className="text-ink-2">{t("welcome.noStudios")}</p>}
          <ul className="rows">
            {studios.map((one) => (
              <li key={one.id}>
                <div className="min-w-0">
                  <Link to={`/studios/${one.id}`} className="font-medium">{one.name}</Link>
                  <p className="text-small text-ink-3">{one.region}</p>
                </div>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </div>
  );
}
