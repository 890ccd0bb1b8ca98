import type { Page } from "playwright-core";

/** What does not fit a thumb and a screen of this width, a line each: what sticks out, and targets that must be 44 px. */
export function wrongOnPhone(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const TOUCH = 44;
    const wrong: string[] = [];
    const name = (element: Element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 140);
    const shown = (element: Element) => element.checkVisibility({ visibilityProperty: true }) && element.getBoundingClientRect().width > 0;
    const { scrollWidth } = document.documentElement;
    if (scrollWidth > innerWidth) {
      const wide = [...document.body.querySelectorAll("*")].filter((one) => shown(one) && one.getBoundingClientRect().right > innerWidth + 0.5);
      wrong.push(`scrolls sideways (${scrollWidth} px): ${wide.slice(-1).map(name).join("")}`);
    }
    const bar = [...document.querySelectorAll("[data-phone-bar] a")].filter(shown);
    // A room has a bar of its own in that place.
    const room = document.querySelector("[data-room-bar]");
    if (room ? !shown(room) : bar.length !== 5) wrong.push(`${bar.length} places at the bottom`);
    for (const target of [...bar, ...document.querySelectorAll("main [data-go], main button.bg-cinnabar, main a.bg-cinnabar")].filter(shown)) {
      const { width, height } = target.getBoundingClientRect();
      if (width < TOUCH - 0.5 || height < TOUCH - 0.5) wrong.push(`${Math.round(width)} × ${Math.round(height)} px are small for a thumb: ${name(target)}`);
    }
    return wrong;
  });
}
