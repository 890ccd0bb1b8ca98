import { Link, useLocation } from "@remix-run/react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { listOnlyHere, type OnlyHere } from "./only-here.ts";

/** Says on every other page where something waits to be sent: whoever left in a tunnel must neither fear for it nor forget it. */
export function WaitsToBeSent({ personId }: { personId: string }) {
  const { t } = useTranslation();
  const { pathname, key } = useLocation();
  const [pages, setPages] = useState<OnlyHere[]>([]);
  useEffect(() => setPages(listOnlyHere(personId)), [personId, key]);
  const elsewhere = pages.filter(({ href }) => href !== pathname);
  if (elsewhere.length === 0) return null;
  return (
    <div role="status" className="no-print bg-amber-wash px-4 py-2 text-amber md:px-6">
      {elsewhere.map(({ href, title }) => <p key={href}>{t("onlyHere.says", { title })} <Link to={href} className="font-semibold">{t("onlyHere.open")}</Link></p>)}
    </div>
  );
}
