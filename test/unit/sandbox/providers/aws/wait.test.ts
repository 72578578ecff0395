import assert from "node:assert/strict";
import { UserError } from "../../../../../errors.js";
import { retryOn, unless, until } from "../../../../../sandbox/providers/aws/wait.js";
import { awsError } from "./fake.js";

const signal = new AbortController().signal;
const inUse = awsError("DependencyViolation", "resource subnet-1 has a dependent object");

describe("waiting for AWS", () => {
  it("asks until there is an answer", async () => {
    let asked = 0;
    const answer = await until({ what: "it", signal }, () => Promise.resolve(++asked === 3 ? "yes" : undefined));
    assert.deepEqual([answer, asked], ["yes", 3]);
  });

  it("gives up in time, and says what it waited for", async () => {
    const wait = until({ what: "NAT gateway nat-1 to be available", seconds: 0.3, signal }, () =>
      Promise.resolve(undefined),
    );
    await assert.rejects(wait, new UserError("Waited 0.3 s for NAT gateway nat-1 to be available, in vain"));
  });

  it("ends at once when the engine cancels", async () => {
    const controller = new AbortController();
    const wait = until({ what: "it", signal: controller.signal }, () => Promise.resolve(undefined));
    setTimeout(() => controller.abort(), 20);
    await assert.rejects(wait, { name: "AbortError" });
  });

  it("tries again on the errors that pass, and on no other", async () => {
    const failures: Error[] = [inUse, inUse, awsError("UnauthorizedOperation", "no")];
    const attempt = () => Promise.reject(failures.shift() ?? new Error("too often"));
    await assert.rejects(retryOn(["DependencyViolation"], { what: "it to be free", signal }, attempt), {
      name: "UnauthorizedOperation",
    });
    assert.deepEqual(failures, []);
  });

  it("tells the error itself when it does not pass in time", async () => {
    const wait = { what: "it to be free", seconds: 0.2, signal };
    await assert.rejects(
      retryOn(["DependencyViolation"], wait, () => Promise.reject(inUse)),
      inUse,
    );
  });

  it("takes errors that say that something is gone for no answer", async () => {
    assert.equal(await unless(["DependencyViolation"], () => Promise.reject(inUse)), undefined);
    assert.equal(await unless(["DependencyViolation"], () => Promise.resolve("there")), "there");
    await assert.rejects(
      unless(["Other"], () => Promise.reject(inUse)),
      inUse,
    );
  });
});
