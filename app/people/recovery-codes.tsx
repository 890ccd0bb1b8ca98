import { useTranslation } from "react-i18next";
import { LinkButton } from "../ui/button.tsx";

/** Shown once: what is kept of them opens nothing. */
export function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  const { t } = useTranslation("people");
  return (
    <div className="page">
      <div className="mx-auto grid max-w-[38rem] gap-5">
        <h1>{t("second.codesTitle")}</h1>
        <p role="status" className="text-ink-2">{t("second.codesLead")}</p>
        <ol className="card grid gap-2 font-mono text-small [overflow-wrap:anywhere] select-all">
          {codes.map((code) => <li key={code}>{code}</li>)}
        </ol>
        <p className="no-print"><LinkButton to="/me/second-factor" weight="go">{t("second.kept")}</LinkButton></p>
      </div>
    </div>
  );
}
