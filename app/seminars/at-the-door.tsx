import { useNavigate, useRevalidator } from "@remix-run/react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useRoomLine } from "./use-room-line.ts";

const LOOK_AGAIN_MS = 5_000;
const nothing = () => undefined;

/** Somebody waits to be let in, and goes in by themselves once they are; where no line holds, the page looks again. */
export function AtTheDoor({ seminarId }: { seminarId: string }) {
  const { t } = useTranslation("seminars");
  const navigate = useNavigate();
  const { revalidate } = useRevalidator();
  const { state } = useRoomLine(seminarId, nothing, nothing);
  useEffect(() => {
    if (state === "in") navigate(`/seminars/${seminarId}/room`);
    if (state === "removed" || state === "over" || state === "signedOut") revalidate();
    if (state !== "cut") return;
    const timer = setInterval(revalidate, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [state, seminarId, navigate, revalidate]);
  return <p role="status" className="rounded-round bg-amber-wash px-4 py-2 text-amber">{t("page.waiting")}</p>;
}
