import { useRevalidator } from "@remix-run/react";
import { useEffect } from "react";

const LOOK_AGAIN_MS = 5_000;

/** Minutes and report are written within a minute after the end: whoever waits for them need not reload. */
export function useLookAgain(waiting: boolean): void {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (!waiting) return;
    const timer = setInterval(() => document.visibilityState === "visible" && revalidate(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [revalidate, waiting]);
}
