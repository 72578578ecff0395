const NAMES: Partial<Record<NodeJS.Architecture, string>> = { x64: "amd64", arm64: "arm64" };

/** What Debian, Go and image registries call this machine's architecture. https://wiki.debian.org/SupportedArchitectures */
export function architecture(arch: NodeJS.Architecture = process.arch): string {
  return NAMES[arch] ?? arch;
}

/** The name of the folder that Debian keeps this machine's libraries in. https://wiki.debian.org/Multiarch/Tuples */
export function multiarch(arch: NodeJS.Architecture = process.arch): string {
  return `${arch === "arm64" ? "aarch64" : "x86_64"}-linux-gnu`;
}
