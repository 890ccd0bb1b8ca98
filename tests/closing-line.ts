import type { Reporter, TestModule } from "vitest/node";

/** Of a run of chosen tests the others are skipped as well, and nobody wants to read them all. */
const NAMED = 40;

/** Ends every run with what the machine lacks and what was skipped, by name, and the one plain line that scripts read: `N passed, N failed, N skipped`. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const count = { passed: 0, failed: errors.length, skipped: 0 };
    const skipped: string[] = [];
    for (const module of modules) {
      if (module.errors().length > 0) count.failed += 1;
      for (const test of module.children.allTests()) {
        const state = test.result().state;
        if (state === "passed" || state === "failed" || state === "skipped") count[state] += 1;
        if (state === "skipped") skipped.push(`skipped: ${test.fullName} (${module.project.name}, ${module.relativeModuleId})`);
      }
    }
    if (process.env.TONGYAN_MISSING) console.log(`\n${process.env.TONGYAN_MISSING}`);
    if (skipped.length > 0 && skipped.length <= NAMED) console.log(`\n${skipped.join("\n")}`);
    console.log(`\n${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
  }
}
