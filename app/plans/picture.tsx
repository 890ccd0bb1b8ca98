import { type ImgHTMLAttributes, useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { imageAddress } from "./image-address.ts";
import "./plan-text.css";

const AGAIN_MS = 15_000;

interface PictureProps extends Omit<ImgHTMLAttributes<HTMLImageElement>, "src" | "onError"> {
  attachmentId: string;
  alt: string;
}

/** A picture of a plan. One that cannot be had now, because what keeps it is away, is asked for again until it is there, or known not to be. */
export function Picture({ attachmentId, alt, ...given }: PictureProps) {
  const [state, setState] = useState<"shown" | "away" | "missing">("shown");
  const shown = useRef<HTMLImageElement>(null);
  const tries = useRef(0);
  const ask = useCallback(async () => {
    const status = await fetch(`/files/${encodeURIComponent(attachmentId)}`, { method: "HEAD", cache: "no-store" }).then((answer) => answer.status, () => 0);
    if (status === 0 || status >= 500) return setState("away");
    tries.current += 1;
    // What is there and still cannot be drawn is no picture.
    setState(status < 300 && tries.current < 3 ? "shown" : "missing");
  }, [attachmentId]);
  useEffect(() => {
    // It may have failed before this script was there.
    if (shown.current?.complete && shown.current.naturalWidth === 0) void ask();
  }, [ask]);
  useEffect(() => {
    if (state !== "away") return;
    const timer = setInterval(() => void ask(), AGAIN_MS);
    return () => clearInterval(timer);
  }, [state, ask]);
  if (state !== "shown") return <Absent away={state === "away"} alt={alt} />;
  return <img ref={shown} src={imageAddress(attachmentId)} alt={alt} loading="lazy" {...given} onError={() => void ask()} />;
}

function Absent({ away, alt }: { away: boolean; alt: string }) {
  const { t } = useTranslation("editor");
  return <span className="plan-picture-absent">{t(away ? "image.away" : "image.missing")}{alt && `：${alt}`}</span>;
}
