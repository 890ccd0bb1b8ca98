import type { ReactNode } from "react";

/** Nothing here yet: says what will be, and offers the first step. */
export function Empty({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <div className="rounded-round border border-dashed border-rule px-6 py-10 text-center">
      <p className="font-song text-lead">{title}</p>
      {children && <div className="mt-2 grid justify-items-center gap-4 text-ink-2">{children}</div>}
    </div>
  );
}
