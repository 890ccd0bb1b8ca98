/** The page that a piece of evidence comes from, or null where its object has no page. */
export function placeOf(event: { objectType: string; objectId: string; lessonId: string | null }): string | null {
  switch (event.objectType) {
    case "seminar":
      return `/seminars/${event.objectId}`;
    case "resource":
      return `/resources/${event.objectId}`;
    case "plan":
      return `/plans/${event.objectId}`;
    case "lesson":
      return `/lessons/${event.objectId}`;
    default:
      return event.lessonId ? `/lessons/${event.lessonId}` : null;
  }
}
