import assert from "node:assert/strict";
import fc from "fast-check";
import { choosePrefix, isFree, parseRoutes, type Route } from "../../../../../../sandbox/nodes/real/host/slice.js";

/** From a network written as people do. */
function route(network: string): Route {
  const [address = "", bits = ""] = network.split("/");
  const number = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  return { link: "eth0", network: number, mask: (0xffffffff << (32 - Number(bits))) >>> 0 };
}

describe("the addresses of a real node", () => {
  it("are looked for from another place for each base port", () => {
    assert.equal(choosePrefix(16440, []), "10.172");
    assert.equal(choosePrefix(16450, []), "10.173");
    assert.equal(choosePrefix(20000, []), "10.144");
  });

  it("keep off the routes of the machine", () => {
    assert.equal(choosePrefix(16440, [route("10.172.0.0/16"), route("10.173.4.0/24")]), "10.174");
    assert.equal(choosePrefix(16440, [route("10.0.0.0/8")]), "172.16");
    assert.equal(choosePrefix(16440, [route("10.0.0.0/8"), route("172.16.0.0/12")]), "198.18");
  });

  it("are not kept off by default routes, whole or in halves", () => {
    assert.equal(choosePrefix(16440, [route("0.0.0.0/0"), { ...route("0.0.0.0/1"), mask: 0x80000000 }]), "10.172");
  });

  it("are refused in one sentence where every route leads somewhere", () => {
    const taken = [route("10.0.0.0/8"), route("172.16.0.0/12"), route("198.18.0.0/15")];
    assert.throws(() => choosePrefix(16440, taken), {
      name: "UserError",
      message: "every range of addresses that a real node could have is in use by the machine's routes",
    });
  });

  it("never overlap a route, whatever routes there are", () => {
    const anyRoute = fc.record({
      link: fc.constant("eth0"),
      network: fc.integer({ min: 0x0a000000, max: 0x0affffff }),
      mask: fc.integer({ min: 8, max: 32 }).map((bits) => (0xffffffff << (32 - bits)) >>> 0),
    });
    fc.assert(
      fc.property(fc.array(anyRoute, { maxLength: 30 }), fc.integer({ min: 1024, max: 65525 }), (routes, port) => {
        const prefix = choosePrefix(port, routes);
        const [first = 0, second = 0] = prefix.split(".").map(Number);
        const from = first * 2 ** 24 + second * 2 ** 16;
        for (const { network, mask } of routes) {
          const start = (network & mask) >>> 0;
          const end = start + (0xffffffff - mask);
          assert.ok(end < from || start > from + 0xffff, `${prefix} and ${start} to ${end}`);
        }
        assert.ok(isFree(prefix, routes));
      }),
    );
  });

  it("come from the kernel's table", () => {
    const table = [
      "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT",
      "eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0",
      "tun0\t0000100A\t00000000\t0001\t0\t0\t0\t0000F0FF\t0\t0\t0",
    ].join("\n");
    assert.deepEqual(parseRoutes(table), [
      { link: "eth0", network: 0, mask: 0 },
      { link: "tun0", network: 0x0a100000, mask: 0xfff00000 },
    ]);
  });
});
