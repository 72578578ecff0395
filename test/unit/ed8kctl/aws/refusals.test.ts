import assert from "node:assert/strict";
import { explainAws, isMissing, statusOf } from "../../../../ed8kctl/aws/refusals.js";
import { UserError } from "../../../../errors.js";
import { refusal } from "./answering.js";

describe("what AWS refuses", () => {
  it("is missing in each service's own words", () => {
    const names = [
      "ResourceNotFoundException",
      "NotFoundException",
      "NoSuchEntityException",
      "NoSuchBucketPolicy",
      "ServerSideEncryptionConfigurationNotFoundError",
      "QueueDoesNotExist",
    ];
    for (const name of names) assert.equal(isMissing(refusal(name)), true, name);
    assert.equal(isMissing(refusal("UnknownError", 404)), true);
    for (const other of [refusal("AccessDeniedException", 403), new Error("no network"), undefined]) {
      assert.equal(isMissing(other), false);
    }
  });

  it("has a status, unless nobody answered", () => {
    assert.deepEqual(
      [statusOf(refusal("x", 403)), statusOf(new Error("no network")), statusOf(undefined)],
      [403, undefined, undefined],
    );
  });

  it("is told in one sentence, with what to do", () => {
    const told = explainAws(refusal("ExpiredTokenException"), "the topics");
    assert.deepEqual(
      [told.message, told.hint],
      [
        "the topics: AWS refused: ExpiredTokenException: ExpiredTokenException of AWS",
        "log in to AWS (aws sso login) and choose the profile (AWS_PROFILE)",
      ],
    );
    assert.equal(
      explainAws(refusal("AccessDenied"), "x").hint,
      "docs/cluster.md lists the permissions that this needs",
    );
    assert.equal(explainAws(refusal("InternalFailure"), "x").hint, undefined);
    const own = new UserError("ours");
    assert.equal(explainAws(own, "x"), own);
  });
});
