import assert from "node:assert/strict";
import { withFreshRights } from "../../../../ed8kctl/environment/fresh-rights.js";
import { UserError } from "../../../../errors.js";

const refused = (namespace: string): UserError =>
  new UserError(
    `alice: services "db" is forbidden: User "ed8k:alice" cannot patch resource "services" in API group "" in the namespace "${namespace}"`,
  );

describe("an update right after the rights for it were given", () => {
  /** Runs what fails with each of `errors` in turn and then succeeds, and counts. */
  async function run(errors: readonly Error[]) {
    const seen = { runs: 0, lines: [] as string[] };
    const outcome = await withFreshRights(
      () => {
        const error = errors[seen.runs];
        seen.runs += 1;
        return error === undefined ? Promise.resolve("done") : Promise.reject(error);
      },
      {
        environment: "alice",
        signal: new AbortController().signal,
        report: (line) => seen.lines.push(line),
        pauseMs: 0,
      },
    ).catch((error: unknown) => error);
    return { ...seen, outcome };
  }

  it("is tried once more when RBAC refuses it", async () => {
    assert.deepEqual(await run([refused("alice")]), {
      runs: 2,
      lines: ["your rights in alice are not seen everywhere yet; once more"],
      outcome: "done",
    });
    const last = refused("alice");
    const { runs, outcome } = await run([refused("alice"), last]);
    assert.deepEqual([runs, outcome], [2, last]);
  });

  it("is not tried again for another reason", async () => {
    const policy = new UserError(
      "services \"db\" is forbidden: ValidatingAdmissionPolicy 'ed8k-writers' denied request",
    );
    for (const error of [refused("bob"), policy, new Error(refused("alice").message)]) {
      const { runs, outcome } = await run([error]);
      assert.deepEqual([runs, outcome], [1, error]);
    }
  });
});
