import { Link } from "@remix-run/react";
import type { ReactNode } from "react";

/** The frame of every act on a prep: which lesson it is about, what is done, and the form. */
export function ActPage({ prep, title, help, children }: { prep: { lessonId: string; title: string }; title: ReactNode; help?: ReactNode; children: ReactNode }) {
  return (
    <div className="page">
      <div className="mx-auto grid max-w-[42rem] grid-cols-1 gap-5">
        <div>
          <p className="kick"><Link to={`/lessons/${prep.lessonId}`}>{prep.title}</Link></p>
          <h1>{title}</h1>
          {help && <p className="mt-1 text-ink-2">{help}</p>}
        </div>
        {children}
      </div>
    </div>
  );
}

/** What an act page needs of its prep. */
export function briefly({ id, lessonId, title }: { id: string; lessonId: string; title: string }) {
  return { id, lessonId, title };
}
