import { defineConfig } from "drizzle-kit";

// Run twice, with and without a PostgreSQL address, by `npm run db:generate`: one schema, two folders of migrations.
const postgresql = (process.env.DATABASE_URL ?? "").startsWith("postgres");

export default defineConfig({
  dialect: postgresql ? "postgresql" : "sqlite",
  schema: "./db/schema/index.ts",
  out: `./db/migrations/${postgresql ? "postgresql" : "sqlite"}`,
});
