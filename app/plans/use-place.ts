import { useEffect } from "react";

/** One rests in a section for so long before it is where she is. */
const RESTS_MS = 500;
/** The line of the view at which one reads, as a share of its height. */
const READS_AT = 1 / 3;

/**
 * Tells the server in which section of a plan this person is, each time that she comes to rest in another one and once more as she leaves.
 * Where she has only opened the page, nothing is told: a glance does not forget where she was.
 *
 * @param sections their keys; the elements carry them as ids
 */
export function usePlace(planId: string | null, sections: readonly string[]): void {
  const keys = sections.join();
  useEffect(() => {
    if (planId === null) return;
    let told: string | undefined;
    let moved = false;
    let resting: ReturnType<typeof setTimeout> | undefined;
    const tell = () => {
      clearTimeout(resting);
      const section = moved ? sectionAt(keys.split(",")) : undefined;
      if (section === undefined || section === told) return;
      if (navigator.sendBeacon(`/plans/${planId}/place`, new URLSearchParams({ section }))) told = section;
    };
    const move = () => {
      moved = true;
      clearTimeout(resting);
      resting = setTimeout(tell, RESTS_MS);
    };
    const focus = ({ target }: FocusEvent) => {
      if (target instanceof Element && keys.split(",").some((key) => document.getElementById(key)?.contains(target))) move();
    };
    const hide = () => {
      if (document.visibilityState === "hidden") tell();
    };
    // The plan may lie in a part of the page that scrolls by itself: such scrolling does not bubble.
    document.addEventListener("scroll", move, { capture: true, passive: true });
    document.addEventListener("focusin", focus);
    document.addEventListener("visibilitychange", hide);
    // A link of our own pages leaves no page: what it leads to should already know.
    document.addEventListener("click", tell, { capture: true });
    window.addEventListener("popstate", tell);
    window.addEventListener("pagehide", tell);
    return () => {
      document.removeEventListener("scroll", move, { capture: true });
      document.removeEventListener("focusin", focus);
      document.removeEventListener("visibilitychange", hide);
      document.removeEventListener("click", tell, { capture: true });
      window.removeEventListener("popstate", tell);
      window.removeEventListener("pagehide", tell);
      clearTimeout(resting);
    };
  }, [planId, keys]);
}

/** Where the caret is, if one sees it; else the last section that begins above the line at which one reads. */
function sectionAt(keys: readonly string[]): string | undefined {
  const places = keys.flatMap((key) => {
    const element = document.getElementById(key);
    return element ? [{ key, element, box: element.getBoundingClientRect() }] : [];
  });
  const line = window.innerHeight * READS_AT;
  const writing = places.find(({ element, box }) => element.contains(document.activeElement) && box.top < window.innerHeight && box.bottom > 0);
  return (writing ?? places.findLast(({ box }) => box.top <= line && box.bottom > 0))?.key;
}
