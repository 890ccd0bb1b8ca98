import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";

export interface MenuItem {
  name: string;
  label: string;
  icon?: ReactNode;
  act: () => void;
}

/** A list of acts that is walked with the arrow keys and left with Escape. */
export function PopupMenu({ label, items, onClose }: { label: string; items: readonly MenuItem[]; onClose: () => void }) {
  const menu = useRef<HTMLDivElement>(null);
  useEffect(() => {
    menu.current?.querySelector("button")?.focus();
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && !menu.current?.parentElement?.contains(event.target)) onClose();
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [onClose]);
  const walk = (event: KeyboardEvent) => {
    const buttons = [...(menu.current?.querySelectorAll("button") ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (event.key === "Escape" || event.key === "Tab") onClose();
    if (to === undefined && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    if (to !== undefined) buttons[(to + buttons.length) % buttons.length]?.focus();
  };
  return (
    <div className="plan-menu" role="menu" aria-label={label} ref={menu} onKeyDown={walk}>
      {items.map(({ name, label: words, icon, act }) => (
        <button key={name} type="button" role="menuitem" onClick={() => { onClose(); act(); }}>{icon}{words}</button>
      ))}
    </div>
  );
}
