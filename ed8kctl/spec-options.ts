import { SIZES } from "../environments/size.js";
import type { OptionSpec } from "./command.js";

/** Options by which `create` and `plan` say what an environment is to be. */
export const SPEC_OPTIONS: readonly OptionSpec[] = [
  { flags: "--profile <name>", summary: "Which services it runs; the catalogue tells the profiles (minimal)" },
  { flags: "--start <service>", summary: "A service beyond the profile; may be given several times", many: true },
  { flags: "--stop <service>", summary: "A service of the profile that is left out; several times", many: true },
  { flags: "--size <size>", summary: "Its quota (m)", choices: SIZES },
  { flags: "--owner <user>", summary: "Who may change it: the name of the role's session (you)" },
  { flags: "--collaborator <user>", summary: "Who else may change it; several times", many: true },
  {
    flags: "--pin <service=version>",
    summary: "Another chart version than the catalogue's; several times",
    many: true,
  },
  {
    flags: "--values <service=file>",
    summary: "Helm values for a service, from a YAML file; several times. Kept in clear: no secrets here",
    many: true,
  },
  { flags: "--catalogue <file>", summary: "Another list of services (services/catalogue.yaml)" },
];
