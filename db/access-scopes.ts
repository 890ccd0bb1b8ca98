import { and, eq, inArray, or, sql } from "drizzle-orm";
import { accessScopes } from "./schema/index.ts";
import type { Db } from "./types.ts";

export type ScopeType = "region" | "studio" | "group" | "prep" | "person";

/** Anybody. */
export const PUBLIC_SCOPE = 0;

/** The number of one scope, made when first asked for. */
export async function scopeId(tx: Db, type: ScopeType, ref: string): Promise<number> {
  const [known] = await tx.select({ id: accessScopes.id }).from(accessScopes).where(and(eq(accessScopes.type, type), eq(accessScopes.ref, ref)));
  if (known) return known.id;
  return tx.transaction(async (inner) => {
    const [again] = await inner.select({ id: accessScopes.id }).from(accessScopes).where(and(eq(accessScopes.type, type), eq(accessScopes.ref, ref)));
    if (again) return again.id;
    const [top] = await inner.select({ id: sql<number>`coalesce(max(${accessScopes.id}), 0)`.mapWith(Number) }).from(accessScopes);
    const id = (top?.id ?? 0) + 1;
    await inner.insert(accessScopes).values({ id, type, ref });
    return id;
  });
}

/** The numbers of those scopes that have one; a scope that nothing was ever put into has none, and nothing is found by it. */
export async function findScopeIds(db: Db, wanted: readonly { type: ScopeType; refs: readonly string[] }[]): Promise<number[]> {
  const conditions = wanted.filter((one) => one.refs.length > 0).map((one) => and(eq(accessScopes.type, one.type), inArray(accessScopes.ref, [...one.refs])));
  if (conditions.length === 0) return [];
  const rows = await db.select({ id: accessScopes.id }).from(accessScopes).where(or(...conditions));
  return rows.map((row) => row.id);
}
