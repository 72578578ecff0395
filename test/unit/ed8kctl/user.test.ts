import assert from "node:assert/strict";
import { userInfo } from "node:os";
import { currentUser } from "../../../ed8kctl/user.js";

describe("who works", () => {
  it("is whom ED8K_USER names, else the user of this machine", () => {
    assert.equal(currentUser({ ED8K_USER: "alice" }), "alice");
    assert.equal(currentUser({ ED8K_USER: "" }), userInfo().username);
    assert.equal(currentUser({}), userInfo().username);
  });
});
