import { InputPropertiesError, type InputPropertyErrorDetails, type Inputs } from "@pulumi/pulumi";

/**
 * Every input that is supported. Those with a value must have it: with any other the published component makes things that
 * the sandbox does not have, such as nodes of its own, or looks up versions on AWS.
 */
const SUPPORTED: Readonly<Record<string, boolean | string | undefined>> = {
  name: undefined,
  version: undefined,
  vpcId: undefined,
  subnetIds: undefined,
  clusterSecurityGroup: undefined,
  skipDefaultSecurityGroups: true,
  skipDefaultNodeGroup: true,
  useDefaultVpcCni: true,
  kubeProxyAddonOptions: undefined,
  authenticationMode: "API",
  endpointPrivateAccess: undefined,
  endpointPublicAccess: undefined,
  enabledClusterLogTypes: undefined,
  encryptionConfigKeyArn: undefined,
  upgradePolicy: undefined,
  tags: undefined,
};
const REQUIRED = ["name", "version", "vpcId", "subnetIds"];

/**
 * Refuses a cluster of which the sandbox would make something else than the published component.
 * @throws InputPropertiesError with everything that is wrong
 */
export function refuseUnsupported(inputs: Inputs): void {
  const errors = inputProblems(inputs);
  if (errors.length === 0) return;
  throw new InputPropertiesError({ message: "The sandbox's eks provider cannot make this cluster", errors });
}

function inputProblems(inputs: Readonly<Record<string, unknown>>): InputPropertyErrorDetails[] {
  const known = Object.keys(SUPPORTED);
  const unknown = Object.keys(inputs)
    .filter((name) => inputs[name] !== undefined && !known.includes(name))
    .map((name) => problem(name, `is not supported by the sandbox; supported are ${known.join(", ")}`));
  const missing = REQUIRED.filter((name) => inputs[name] === undefined).map((name) => problem(name, "is missing"));
  const fixed = Object.entries(SUPPORTED)
    .filter(([name, value]) => value !== undefined && inputs[name] !== value)
    .map(([name, value]) => problem(name, `must be ${JSON.stringify(value)} in the sandbox`));
  return [...unknown, ...missing, ...fixed, ...kubeProxyProblems(inputs["kubeProxyAddonOptions"])];
}

function kubeProxyProblems(options: unknown): InputPropertyErrorDetails[] {
  const { enabled } = (options ?? {}) as { readonly enabled?: unknown };
  return enabled === false ? [] : [problem("kubeProxyAddonOptions.enabled", "must be false in the sandbox")];
}

function problem(propertyPath: string, reason: string): InputPropertyErrorDetails {
  return { propertyPath, reason };
}
