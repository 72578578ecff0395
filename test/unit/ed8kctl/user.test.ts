import assert from "node:assert/strict";
import { userInfo } from "node:os";
import { askUser, currentUser } from "../../../ed8kctl/user.js";
import { KubeError } from "../../../kube/errors.js";
import { errorOf } from "../sandbox/scratch.js";

describe("who works", () => {
  it("is whom ED8K_USER names, else the user of this machine", () => {
    assert.equal(currentUser({ ED8K_USER: "alice" }), "alice");
    assert.equal(currentUser({ ED8K_USER: "" }), userInfo().username);
    assert.equal(currentUser({}), userInfo().username);
  });

  describe("to the cluster", () => {
    /** An API server to which the asker is `username`, or which fails so. */
    function server(answer: string | Error) {
      const asked: string[] = [];
      const request = (method: string, path: string): Promise<unknown> => {
        asked.push(`${method} ${path}`);
        if (answer instanceof Error) return Promise.reject(answer);
        return Promise.resolve({ status: { userInfo: { username: answer, groups: ["ed8k:developers"] } } });
      };
      return { request, asked };
    }

    it("is whom the API server sees, asked once", async () => {
      const client = server("ed8k:alice");
      assert.equal(await askUser(client, { env: {} }), "alice");
      assert.deepEqual(client.asked, ["POST /apis/authentication.k8s.io/v1/selfsubjectreviews"]);
    });

    it("is whom ED8K_USER names, and then nobody is asked", async () => {
      const client = server("ed8k:alice");
      assert.equal(await askUser(client, { env: { ED8K_USER: "bob" } }), "bob");
      assert.deepEqual(client.asked, []);
    });

    for (const [what, answer] of [
      ["sees somebody who is no user of ED8K", "kubernetes-admin"],
      ["sees a group of ours without a name", "ed8k:"],
      ["does not know the question", new KubeError(404, {})],
      ["does not answer it", new KubeError(403, {})],
    ] as const) {
      it(`is the user of this machine where the API server ${what}`, async () => {
        assert.equal(await askUser(server(answer), { env: {} }), userInfo().username);
      });
    }

    it("is not guessed where the API server fails", async () => {
      const client = server(new KubeError(500, {}));
      assert.equal((await errorOf(() => askUser(client, { env: {} }))).name, "KubeError");
    });
  });
});
