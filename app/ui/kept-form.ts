import { useLocation } from "@remix-run/react";
import { useEffect } from "react";

/** What somebody sent last from this tab, until it is known to be kept by the server. */
interface Sent {
  path: string;
  /** Where the form posts to, as written in the page; empty: to the page itself. */
  to: string;
  fields: [name: string, value: string][];
  failed: boolean;
}

const KEY = "sent-form";

/** Remembers what forms of this tab send, and puts it back into the form when sending failed and the person returns to it. Passwords, codes and files are never kept. */
export function useKeptForms(): void {
  const location = useLocation();
  useEffect(() => {
    const remember = (event: SubmitEvent) => {
      const form = event.target;
      if (form instanceof HTMLFormElement && form.method === "post") write({ path: window.location.pathname, to: form.getAttribute("action") ?? "", fields: fieldsOf(form), failed: false });
    };
    document.addEventListener("submit", remember, { capture: true });
    return () => document.removeEventListener("submit", remember, { capture: true });
  }, []);
  useEffect(() => {
    const sent = read();
    // The page moved on: what was sent arrived.
    if (sent && !sent.failed) sessionStorage.removeItem(KEY);
    if (!sent?.failed || sent.path !== window.location.pathname) return;
    const form = [...document.forms].find((one) => one.method === "post" && samePage(one.getAttribute("action") ?? "", sent.to));
    if (!form) return;
    refill(form, sent.fields);
    sessionStorage.removeItem(KEY);
  }, [location.key]);
}

/** Called where a page says that it failed. @returns whether what was sent from this page is still here */
export function sentFormFailed(): boolean {
  const sent = read();
  if (sent?.path !== window.location.pathname) return false;
  write({ ...sent, failed: true });
  return true;
}

function fieldsOf(form: HTMLFormElement): Sent["fields"] {
  const fields: Sent["fields"] = [];
  for (const control of controlsOf(form)) {
    if ("checked" in control && isChoice(control) && !control.checked) continue;
    fields.push([control.name, control.value]);
  }
  return fields;
}

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function controlsOf(form: HTMLFormElement): Control[] {
  return [...form.elements].filter((one): one is Control => (one instanceof HTMLInputElement && !["hidden", "password", "file", "submit", "button"].includes(one.type)) || one instanceof HTMLTextAreaElement || one instanceof HTMLSelectElement).filter((one) => one.name !== "" && one.autocomplete !== "one-time-code");
}

const isChoice = (control: Control) => control instanceof HTMLInputElement && (control.type === "checkbox" || control.type === "radio");

function refill(form: HTMLFormElement, fields: Sent["fields"]): void {
  const left = [...fields];
  for (const control of controlsOf(form)) {
    const at = left.findIndex(([name, value]) => name === control.name && (!isChoice(control) || value === control.value));
    if (isChoice(control)) {
      if ((control as HTMLInputElement).checked !== at >= 0) control.click();
    } else if (at >= 0) {
      // React takes notice of what was written by the browser's own setter, and of nothing else.
      const prototype = control instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : control instanceof HTMLSelectElement ? HTMLSelectElement.prototype : HTMLInputElement.prototype;
      Object.getOwnPropertyDescriptor(prototype, "value")?.set?.call(control, left[at]?.[1] ?? "");
      control.dispatchEvent(new Event(control instanceof HTMLSelectElement ? "change" : "input", { bubbles: true }));
    }
    if (at >= 0) left.splice(at, 1);
  }
}

/** Remix writes the page's own address into a form that has none. */
function samePage(one: string, other: string): boolean {
  const path = (to: string) => new URL(to, window.location.href).pathname;
  return path(one) === path(other);
}

function read(): Sent | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "null") ?? undefined;
  } catch {
    // A browser that keeps nothing: then nothing is put back.
    return undefined;
  }
}

function write(sent: Sent): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(sent));
  } catch {
    // Full or forbidden: the form still goes its way.
  }
}
