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

  it("come from all tables of the kernel", () => {
    const tables = [
      "default via 192.0.2.1 dev eth0 proto dhcp ",
      "10.16.0.0/12 dev tun0 table 220 proto static src 10.16.0.9 ",
      "10.73.1.5 via 192.0.2.1 dev wg0 table 51820 ",
      "10.80.0.0/16 proto static ",
      "\tnexthop via 192.0.2.1 dev eth0 weight 1 ",
      "unreachable 10.81.0.0/16 proto static metric 4278198272 ",
      "throw 10.82.0.0/16 table 220 ",
      "local 127.0.0.0/8 dev lo table local proto kernel scope host src 127.0.0.1 ",
      "broadcast 192.0.2.255 dev eth0 table local proto kernel scope link src 192.0.2.2 ",
      "",
    ].join("\n");
    assert.deepEqual(parseRoutes(tables), [
      { ...route("0.0.0.0/0"), mask: 0 },
      { ...route("10.16.0.0/12"), link: "tun0" },
      { ...route("10.73.1.5/32"), link: "wg0" },
      { ...route("10.80.0.0/16"), link: "" },
      { ...route("10.81.0.0/16"), link: "" },
      { ...route("127.0.0.0/8"), link: "lo" },
      route("192.0.2.255/32"),
    ]);
    assert.equal(choosePrefix(15000, parseRoutes(tables)), "10.156");
    assert.equal(choosePrefix(16730, parseRoutes(tables)), "10.74");
  });
});
