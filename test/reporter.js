import Mocha from "mocha";

/** Mocha's `spec`, with a last line that says in plain words what ran. */
export class Reporter extends Mocha.reporters.Spec {
  epilogue() {
    super.epilogue();
    const { passes, failures, pending } = this.stats;
    console.log(`${passes} passed, ${failures} failed${pending > 0 ? `, ${pending} skipped` : ""}`);
  }
}
export { Reporter as default };
