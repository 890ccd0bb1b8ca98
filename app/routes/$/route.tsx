import { refuse } from "#app/http/refusals.ts";

/** Any address that nothing else answers. */
export function loader(): never {
  throw refuse("notThere");
}

export function action(): never {
  throw refuse("notThere");
}

export default function NotThere() {
  return null;
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
