import { rm } from "node:fs/promises";
import { build, type BuildOptions } from "esbuild";

const COMMON: BuildOptions = {
  outdir: "dist",
  outbase: ".",
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  sourcemap: true,
  logLevel: "warning",
};

/** Each becomes one file in dist/ under the same path; what they share is split into chunks. */
const COMMANDS: BuildOptions = {
  ...COMMON,
  entryPoints: [
    "ed8kctl/main.ts",
    "scripts/demo.ts",
    "scripts/bench.ts",
    "sandbox/supervisor.ts",
    "sandbox/aws/front/main.ts",
    "sandbox/aws/cli/main.ts",
    // Loads @pulumi/aws, which finds files of its own beside it.
    "sandbox/providers/eks/main.ts",
  ],
  splitting: true,
  // Installed packages stay where npm put them: they load files of their own.
  packages: "external",
};

/** The engine starts these anew in each run; as one file each they are ready in half the time. */
const PLUGINS: BuildOptions = {
  ...COMMON,
  entryPoints: [
    "sandbox/providers/kubernetes/main.ts",
    "sandbox/providers/random/main.ts",
    "sandbox/providers/aws/main.ts",
    "sandbox/language-host/main.ts",
  ],
  // gRPC and the protocol's messages are CommonJS, which asks for Node's own modules by `require`.
  banner: {
    js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
  },
};

await rm("dist", { recursive: true, force: true });
await Promise.all([build(COMMANDS), build(PLUGINS)]);
