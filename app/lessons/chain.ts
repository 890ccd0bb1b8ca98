import type { PrepState } from "#db/schema/lessons.ts";
import type { ChainLink } from "../ui/chain.tsx";

/** What tells where a lesson is. `prep` null: it is prepared by one teacher alone. */
export interface ChainFacts {
  prep: PrepState | null;
  taught: boolean;
  reflected?: boolean;
  published: boolean;
}

/** The link of the chain at which a lesson is now; null when it has travelled all of it. */
export function chainOf({ prep, taught, reflected = false, published }: ChainFacts): ChainLink | null {
  if (published) return null;
  switch (prep) {
    case "planned":
    case "individual_draft":
    case "cancelled":
      return "individual_draft";
    case "discussion":
    case "revision":
      return "discussion";
    case "finalised":
      return "taught";
    case "taught":
    case "reflecting":
      return reflected ? "published" : "reflection";
    case "archived":
      return "published";
    case null:
      return reflected ? "published" : taught ? "reflection" : "individual_draft";
  }
}
