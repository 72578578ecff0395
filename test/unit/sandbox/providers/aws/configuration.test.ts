import assert from "node:assert/strict";
import {
  checkConfiguration,
  diffConfiguration,
  readConfiguration,
} from "../../../../../sandbox/providers/aws/configuration.js";
import { Unknown, type ValueMap } from "../../../../../sandbox/providers/plugin/values.js";

/** As `new aws.Provider("aws", { region, allowedAccountIds })` sends it. */
const SENT = {
  region: "eu-west-1",
  allowedAccountIds: '["111122223333"]',
  skipCredentialsValidation: "false",
  skipRegionValidation: "true",
  version: "7.48.0",
};

const changes = (old: ValueMap, now: ValueMap) =>
  [...diffConfiguration(old, now).changes].map(([path, { kind, replace }]) => `${kind}${replace ? "!" : ""} ${path}`);

describe("the aws stand-in's configuration", () => {
  it("takes what the SDK sends", () => {
    assert.deepEqual(checkConfiguration(SENT).failures, []);
    assert.deepEqual(readConfiguration(SENT), { region: "eu-west-1", allowedAccountIds: ["111122223333"] });
  });

  it("takes any account when none is named, and the region when it is not known yet", () => {
    assert.deepEqual(readConfiguration({ region: "eu-west-1" }).allowedAccountIds, undefined);
    assert.deepEqual(readConfiguration({ region: "eu-west-1", allowedAccountIds: "[]" }).allowedAccountIds, undefined);
    assert.deepEqual(checkConfiguration({ region: Unknown.value }).failures, []);
  });

  it("refuses what it would not heed, and no region", () => {
    assert.deepEqual(checkConfiguration({ profile: "work", defaultTags: "{}" }).failures, [
      { property: "region", reason: "is missing" },
      {
        property: "profile",
        reason: "is not supported by the sandbox's aws provider; supported are region, allowedAccountIds",
      },
      {
        property: "defaultTags",
        reason: "is not supported by the sandbox's aws provider; supported are region, allowedAccountIds",
      },
    ]);
  });

  it("replaces all in another region, and nothing for other accounts or plugin versions", () => {
    assert.deepEqual(changes(SENT, { ...SENT, version: "7.49.0" }), []);
    assert.deepEqual(changes(SENT, { ...SENT, region: "eu-central-1" }), ["update! region"]);
    assert.deepEqual(changes(SENT, { ...SENT, region: Unknown.value }), ["update! region"]);
    assert.deepEqual(changes(SENT, { ...SENT, allowedAccountIds: '["1","2"]' }), ["update allowedAccountIds"]);
    assert.deepEqual(changes({ region: "eu-west-1" }, SENT), ["add allowedAccountIds"]);
  });
});
