import net from "node:net";

/** The addresses of a subnet, such as `10.27.0.0/16`; more can be added. */
export function subnet(cidr: string): net.BlockList {
  const list = new net.BlockList();
  const [address = "", bits] = cidr.split("/");
  list.addSubnet(address, Number(bits), familyOf(address));
  return list;
}

/** Whether an address is in a list, whichever way it is written. */
export function holds(list: net.BlockList, address: string): boolean {
  return list.check(address, familyOf(address));
}

/** For lists of addresses. */
export function familyOf(address: string): "ipv4" | "ipv6" {
  return net.isIPv6(address) ? "ipv6" : "ipv4";
}
