import { type ReactNode, useEffect, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import type { PlanDocument } from "./plan-document.ts";
import type { RefusedWhy } from "./plan-status.ts";

const SAID_FOR_MS = 8_000;

/** Where one's text is, in words, and what to do when it is not on the server. */
export function SaveState({ plan }: { plan: PlanDocument }) {
  const { t } = useTranslation("editor");
  const { status, why, resent, setAside } = useSyncExternalStore(plan.subscribe, plan.state, plan.state);
  useEffect(() => {
    if (!resent) return;
    const timer = setTimeout(() => plan.resentSeen(), SAID_FOR_MS);
    return () => clearTimeout(timer);
  }, [plan, resent]);
  const startAfresh = () => void plan.forget().then(() => location.reload());
  return (
    <div className="plan-save">
      <span role="status" data-status={status}>{why ? refusal(why) : t(`status.${status === "refused" ? "connecting" : status}`)}</span>
      {resent && (status === "saved" || status === "saving") && <span role="status">{t("status.resent")}</span>}
      {why === "signed-out" && <Act href={`/sign-in?back=${encodeURIComponent(location.pathname + location.search)}`}>{t("status.signIn")}</Act>}
      {setAside !== null && why === null && <span>{t("status.setAside")}</span>}
      {(setAside !== null || why === "closed") && <Act onPress={() => download(`${t("status.fileName")}.txt`, setAside ?? plan.text())}>{t("status.download")}</Act>}
      {why === "rejected" && <Act onPress={startAfresh}>{t("status.startAfresh")}</Act>}
      {setAside !== null && why === null && <Act onPress={() => plan.setAsideSeen()}>{t("status.dismiss")}</Act>}
    </div>
  );

  function refusal(reason: RefusedWhy): string {
    switch (reason) {
      case "signed-out": return t("status.signedOut");
      case "rejected": return t("status.rejected");
      case "closed": return t("status.closed");
      case "unreadable": return t("status.unreadable");
    }
  }
}

function Act({ href, onPress, children }: { href?: string; onPress?: () => void; children: ReactNode }) {
  return href ? <a href={href}>{children}</a> : <button type="button" onClick={onPress}>{children}</button>;
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
