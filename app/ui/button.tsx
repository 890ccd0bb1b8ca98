import { Link, type LinkProps } from "@remix-run/react";
import type { ButtonHTMLAttributes } from "react";

export type Weight = "go" | "plain" | "quiet" | "danger";

const SHAPE = "inline-flex items-center justify-center gap-2 min-h-touch md:min-h-10 px-4 rounded-round border font-medium whitespace-nowrap no-underline disabled:opacity-50 disabled:cursor-not-allowed cursor-pointer";
const LOOK: Record<Weight, string> = {
  /** The one thing to do on a screen. */
  go: "bg-cinnabar border-cinnabar text-on-cinnabar",
  plain: "bg-sheet border-rule text-ink hover:bg-well",
  quiet: "border-transparent bg-transparent text-ink-2 hover:bg-well",
  danger: "bg-sheet border-cinnabar text-cinnabar hover:bg-cinnabar-wash",
};

export function Button({ weight = "plain", className = "", type = "submit", ...rest }: ButtonHTMLAttributes<HTMLButtonElement> & { weight?: Weight }) {
  return <button type={type} className={`${SHAPE} ${LOOK[weight]} ${className}`} {...rest} />;
}

export function LinkButton({ weight = "plain", className = "", ...rest }: LinkProps & { weight?: Weight }) {
  return <Link className={`${SHAPE} ${LOOK[weight]} ${className}`} {...rest} />;
}
