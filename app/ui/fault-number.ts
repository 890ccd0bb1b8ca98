import { createContext } from "react";

/** The number of the request by which the page itself came. A browser is told it where not even the root could be loaded. */
export const RequestNumber = createContext<string | undefined>(undefined);

/** The number under which the server wrote down why its last answer to this tab failed, where the page itself did not come with it. */
let last: string | undefined;

/** Links and forms ask for data alone: a fault in them comes without its number, which stands in a header that Remix keeps to itself. */
export function hearFaults(): void {
  const ask = window.fetch;
  window.fetch = async (...asked) => {
    const answer = await ask(...asked);
    if (new URL(answer.url || window.location.href).pathname.endsWith(".data")) last = answer.status >= 500 ? (answer.headers.get("x-request-id") ?? undefined) : undefined;
    return answer;
  };
}

export function faultNumber(): string | undefined {
  return last;
}
