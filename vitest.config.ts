import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const everything = "tests/**/*.test.{ts,tsx}";
const browser = "tests/e2e/**";
/** Tests that are about no database run once. */
const withoutDatabase = ["tests/search/**", "tests/ui/**", "tests/architecture/**", "tests/pure/**", "tests/web/**", "tests/bench/**"];

/** One suite on both engines: SQLite runs everything, PostgreSQL all that touches the database, pglite what is about the database itself, but for upgrades: nothing of it outlives the process. What only a database server can do stands in `*.postgresql.test.ts`. */
export default defineConfig({
  test: {
    reporters: ["default", "./tests/closing-line.ts"],
    globalSetup: ["./tests/global-setup.ts"],
    setupFiles: ["./tests/no-unexpected-errors.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // By itself vitest leaves one core to itself, which it does not use: on two cores that halves what runs.
    maxWorkers: availableParallelism(),
    projects: [
      { extends: true, test: { name: "sqlite", include: [everything], exclude: [browser, "tests/**/*.postgresql.test.ts"] } },
      { extends: true, test: { name: "postgresql", include: [everything], exclude: [browser, ...withoutDatabase], env: { DATABASE_URL: "postgres://from-global-setup" } } },
      { extends: true, test: { name: "pglite", include: ["tests/db/**/*.test.ts"], exclude: ["tests/db/upgrade.test.ts", "tests/**/*.postgresql.test.ts"], env: { DATABASE_URL: "pglite://memory" }, hookTimeout: 120_000 } },
      { extends: true, test: { name: "browser", include: ["tests/e2e/**/*.test.ts"], fileParallelism: false, testTimeout: 180_000, hookTimeout: 180_000 } },
    ],
  },
});
