import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import type { ToRoom } from "../room-protocol.ts";

/** A button that orders something in the room: over its line, and without scripts as a form of its own. */
export function OrderForm({ what, order, children, className }: { what: ToRoom; order(what: ToRoom): void; children: ReactNode; className?: string }) {
  return (
    <Form method="post" className={className} onSubmit={(event) => (event.preventDefault(), order(what))}>
      <input type="hidden" name="order" value={JSON.stringify(what)} />
      {children}
    </Form>
  );
}
