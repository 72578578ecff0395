import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type AddressInfo, type Server } from "node:net";
import { requireReachable } from "../../../../cluster/aws/reachable.js";

describe("a private API server", () => {
  let server: Server;
  let endpoint = "";

  before(async () => {
    server = createServer((socket) => socket.end());
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    endpoint = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => server.close());

  it("is reached where it answers", async () => {
    await requireReachable("dev", endpoint, { connectMs: 1000, totalMs: 0 });
  });

  it("is told as private where it does not, with what to do", async () => {
    server.close();
    await once(server, "close");
    const where = endpoint.replace("https://", "");
    await assert.rejects(requireReachable("dev", endpoint, { connectMs: 1000, totalMs: 0 }), {
      name: "UserError",
      message: `the API server of the cluster dev cannot be reached from here: ${endpoint}: connect ECONNREFUSED ${where}. It is private: it answers inside the VPC and to clients of the VPN`,
      hint: "connect to the VPN and run this again; as long as nothing runs in the cluster, the AWS parts can be applied alone: pulumi config set ed8k:platform false --stack dev",
    });
  });
});
