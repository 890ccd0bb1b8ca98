import type { lessonPage } from "./lesson-page.server.ts";

/** The page of a lesson as it reaches the browser. */
export type LessonShown = Awaited<ReturnType<typeof lessonPage>>;
