import { type RefObject, useEffect, useState } from "react";

/** Whoever has only a keyboard can scroll what holds the focus: gives 0 as `tabIndex` while there is more beside what is seen, and no stop of its own else. */
export function useStopWhenWide(region: RefObject<HTMLElement>): 0 | undefined {
  const [wide, setWide] = useState(false);
  useEffect(() => {
    const element = region.current;
    if (!element) return;
    const look = () => setWide(element.scrollWidth > element.clientWidth);
    const watch = new ResizeObserver(look);
    watch.observe(element);
    for (const inside of element.children) watch.observe(inside);
    look();
    return () => watch.disconnect();
  }, [region]);
  return wide ? 0 : undefined;
}
