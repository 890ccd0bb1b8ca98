import { Link } from "@remix-run/react";
import type { ReactNode } from "react";

/** The frame of every act on a seminar: which one it is about, what is done, and the form. */
export function SeminarAct({ seminar, title, children }: { seminar: { id: string; title: string }; title: ReactNode; children: ReactNode }) {
  return (
    <div className="page">
      <div className="mx-auto grid max-w-[42rem] gap-5">
        <div>
          <p className="kick"><Link to={`/seminars/${seminar.id}`}>{seminar.title}</Link></p>
          <h1>{title}</h1>
        </div>
        {children}
      </div>
    </div>
  );
}
