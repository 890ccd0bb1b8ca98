import type { ShouldRevalidateFunction } from "@remix-run/react";
import { createContext, type ReactNode, useContext } from "react";
import type { Problems } from "../http/problems.ts";

type Values = Partial<Record<string, string | null>>;

const KeptNow = createContext<Values | null>(null);

/** For routes with a form that knows its version: when somebody saved first, the page reads again what is kept, or it would send the old version for ever. */
export const lookAgainWhenStale: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) => defaultShouldRevalidate || actionStatus === 409;

/** Around the fields of such a form: each then says what is kept now, where that is not what stands in it. `kept` by field name, as the fields write it. */
export function BesideWhatIsKept({ problems, kept, children }: { problems: Problems | undefined; kept: Values; children: ReactNode }) {
  return <KeptNow.Provider value={problems?.form?.key === "common:form.stale" ? kept : null}>{children}</KeptNow.Provider>;
}

/** What is kept now under this name, or null when it is what was typed, or when nobody saved first. */
export function useKeptNow(name: string, typed: unknown): string | null {
  const kept = useContext(KeptNow);
  if (!kept || !(name in kept)) return null;
  const now = kept[name] ?? "";
  return now === String(typed ?? "") ? null : now;
}
