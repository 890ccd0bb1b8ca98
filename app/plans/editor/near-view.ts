import { type RefCallback, useCallback, useRef, useState } from "react";

/** Whether the element has ever come within a screen of the view. */
export function useNearView(): [boolean, RefCallback<HTMLElement>] {
  const [near, setNear] = useState(typeof IntersectionObserver === "undefined");
  const observer = useRef<IntersectionObserver | null>(null);
  const place = useCallback((element: HTMLElement | null) => {
    observer.current?.disconnect();
    if (!element || typeof IntersectionObserver === "undefined") return;
    observer.current = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      setNear(true);
      observer.current?.disconnect();
    }, { rootMargin: "100% 0px" });
    observer.current.observe(element);
  }, []);
  return [near, place];
}
