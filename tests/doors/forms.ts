import { DEMO_PASSWORD, demoLogin } from "#server/demo/people.ts";
import { type Door, doorAt } from "#tests/doors/manifest.ts";

/** Whose name is looked for where a page finds people, and who signs in. */
const SOMEBODY = { key: "xu-xiaoyu", name: "徐小屿" };

/** A form that a page offers, with what it would send if somebody filled in what it asks for. */
export interface Form {
  /** Where it is sent, with the query. */
  action: string;
  door: Door;
  /** Name and value, in order; names may come twice. */
  fields: [string, string][];
  /** The same with other choices: one made wherever it may be left open, and the last of each instead of the first. */
  others: [string, string][][];
  /** Names of the fields into which words of one's own are written. */
  free: string[];
  /** Names of the fields that want a file. */
  files: string[];
  /** What a script sends instead of fields. */
  letter?: string;
  /** Where it is shown. What a script sends by itself is sent from the page above it. */
  page: string;
  scripted?: true;
}

/** Every form of a page that acts. Pages are our own, written by React: attributes are quoted, and forms do not nest. */
export function formsOf(html: string, address: string, doors: readonly Door[]): Form[] {
  const forms: Form[] = [];
  for (const [, head = "", body = ""] of html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)) {
    const attributes = attributesOf(head);
    if (attributes.get("method")?.toLowerCase() !== "post") continue;
    const files = [...body.matchAll(/<input\b([^>]*)>/g)].map(([, input = ""]) => attributesOf(input)).filter((input) => input.get("type") === "file" && input.has("required")).map((input) => input.get("name") ?? "");
    // The example of a table that the page shows, with a county of the city at whose door the test stands.
    const example = decoded(/<pre\b[^>]*>([^<]*)<\/pre>/.exec(html)?.[1] ?? "").replace("景宁畲族自治县", "淳安县");
    const free = [...body.matchAll(/<(input|textarea)\b([^>]*)>/g)].map(([, tag = "", input = ""]) => ({ tag, own: attributesOf(input) })).filter(({ tag, own }) => !own.has("disabled") && (tag === "textarea" || /^(text|url|search)$/.test(own.get("type") ?? "text"))).map(({ own }) => own.get("name") ?? "");
    const others = (["first", "last"] as const).map((choice) => filled(body, example, choice));
    const elsewhere = [...body.matchAll(/<button\b([^>]*)>/g)].flatMap(([, button = ""]) => attributesOf(button).get("formaction") ?? attributesOf(button).get("formAction") ?? []);
    for (const action of [attributes.get("action") ?? address, ...elsewhere]) {
      const to = new URL(action, new URL(address, "http://here.example"));
      const door = doorAt(doors, to.pathname);
      if (!door) continue;
      for (const [index, fields] of filled(body, example).entries()) forms.push({ action: to.pathname + to.search, door, fields, others: others.map((one) => one[index] ?? fields), free, files, page: address });
    }
  }
  return forms;
}

/** Addresses to which the page leads when somebody fills in what it asks for: its searches, with the name of somebody who is there. */
export function searchesOf(html: string, address: string): string[] {
  return [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].flatMap(([, head = "", body = ""]) => {
    const attributes = attributesOf(head);
    if ((attributes.get("method") ?? "get").toLowerCase() !== "get") return [];
    const [fields = []] = filled(body);
    const asked = new URLSearchParams(fields.map(([name, value]) => [name, /^(name|who|q)$/.test(name) ? SOMEBODY.name : value]));
    return [`${new URL(attributes.get("action") ?? address, new URL(address, "http://here.example")).pathname}?${asked.toString()}`];
  });
}

type Choice = "as it is" | "first" | "last";

/** What the form sends; once for each button of its own name or value. */
function filled(body: string, example = "", choice: Choice = "as it is"): [string, string][][] {
  const fields: [string, string][] = [];
  const chosen = new Set<string>();
  const buttons: [string, string][] = [];
  for (const [whole, tag = "", head = ""] of body.matchAll(/<(input|textarea|select|button)\b([^>]*)>/g)) {
    const attributes = attributesOf(head);
    const name = attributes.get("name");
    if (name === undefined || attributes.has("disabled")) continue;
    const rest = body.slice(body.indexOf(whole) + whole.length);
    const type = attributes.get("type") ?? "text";
    if (tag === "button") buttons.push([name, attributes.get("value") ?? ""]);
    else if (tag === "select") fields.push([name, selectedIn(rest.slice(0, rest.indexOf("</select>")), attributes, choice)]);
    else if (tag === "textarea") fields.push([name, decoded(rest.slice(0, rest.indexOf("</textarea>"))).trim() || example || "这是试门时写下的一段话，说明为什么要这样做，够长也够清楚。"]);
    else if (type === "radio") {
      if (chosen.has(name) && !attributes.has("checked")) continue;
      const at = fields.findIndex(([known]) => known === name);
      if (at >= 0) fields.splice(at, 1);
      fields.push([name, attributes.get("value") ?? "on"]);
      chosen.add(name);
    } else if (type === "checkbox") {
      if (attributes.has("checked") || attributes.has("required") || !body.includes(`name="${name}" checked`)) fields.push([name, attributes.get("value") ?? "on"]);
    } else if (type !== "file") fields.push([name, attributes.get("value") || plausible(type, name, attributes)]);
  }
  if (/autocomplete="current-password"/i.test(body)) fields.push(...fields.splice(0).map(([name, value]): [string, string] => [name, name === "login" ? demoLogin(SOMEBODY.key) : value]));
  return buttons.length > 0 ? buttons.map((button) => [...fields, button]) : [fields];
}

function plausible(type: string, name: string, attributes: Map<string, string>): string {
  if (type === "hidden" || type === "search") return "";
  const soon = new Date(Date.now() + 20 * 86_400_000 + (/end/i.test(name) ? 9 : 8) * 3_600_000).toISOString();
  if (type === "date") return /taught|day/i.test(name) ? new Date().toISOString().slice(0, 10) : soon.slice(0, 10);
  if (type === "datetime-local") return soon.slice(0, 16);
  if (type === "time") return /end/i.test(name) ? "20:30" : "19:00";
  if (type === "number") return attributes.get("min") || "1";
  if (type === "email" || /email|login/i.test(name)) return "shimen@example.com";
  if (type === "tel") return "13800001234";
  if (type === "url") return "https://example.com/";
  if (type === "password") return attributes.get("autoComplete") === "current-password" ? DEMO_PASSWORD : "yiqi-beike-2";
  return attributes.has("required") ? "试门" : "";
}

function selectedIn(options: string, attributes: Map<string, string>, choice: Choice): string {
  const all = [...options.matchAll(/<option\b([^>]*)>([^<]*)/g)].map(([, head = "", text = ""]) => ({ own: attributesOf(head), text: decoded(text) }));
  const valueOf = (one: (typeof all)[number]) => one.own.get("value") ?? one.text;
  const selected = all.find((one) => one.own.has("selected"));
  const able = all.filter((one) => valueOf(one) !== "" && !one.own.has("disabled"));
  const first = choice === "last" ? able.at(-1) : able[0];
  if (choice !== "last" && selected && (valueOf(selected) !== "" || !(choice === "first" || attributes.has("required")))) return valueOf(selected);
  return first ? valueOf(first) : "";
}

function attributesOf(head: string): Map<string, string> {
  return new Map([...head.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].map((found) => [found[1] ?? "", decoded(found[2] ?? "")]));
}

function decoded(text: string): string {
  return text.replace(/&quot;/g, '"').replace(/&#x27;/g, "'").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}
