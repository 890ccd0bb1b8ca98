import { useTranslation } from "react-i18next";
import type { Qr } from "./qr.server.ts";

/** A secret for an authenticator program: to be scanned, opened on the same device, or typed. */
export function SecretShown({ secret, address, qr }: { secret: string; address: string; qr: Qr }) {
  const { t } = useTranslation("people");
  return (
    <div className="card grid justify-items-start gap-3">
      <svg viewBox={`0 0 ${qr.size} ${qr.size}`} width={200} height={200} role="img" aria-label={t("second.picture")} shapeRendering="crispEdges">
        <rect width={qr.size} height={qr.size} fill="#fff" />
        <path d={qr.path} fill="#000" />
      </svg>
      <a href={address} className="inline-flex min-h-touch items-center">{t("second.openHere")}</a>
      <p className="text-small text-ink-2">{t("second.orType")}</p>
      <p className="font-mono [overflow-wrap:anywhere] select-all">{secret.match(/.{1,4}/g)?.join(" ")}</p>
    </div>
  );
}
