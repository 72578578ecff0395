import { UserError } from "../../../errors.js";

const LOOPBACK = /^(127(\.\d{1,3}){3}|localhost|\[::1\])$/;

/**
 * The emulator's address, from `AWS_ENDPOINT_URL`.
 * @throws UserError when it is not set or not on this machine: the stand-in must never reach real AWS
 */
export function emulatorUrl(env: NodeJS.ProcessEnv): string {
  const url = env["AWS_ENDPOINT_URL"] ?? "";
  if (URL.canParse(url) && LOOPBACK.test(new URL(url).hostname)) return url;
  throw new UserError(
    `The sandbox's aws provider speaks to an emulator on this machine alone, and AWS_ENDPOINT_URL is ${url === "" ? "not set" : `"${url}"`}`,
    {
      hint: 'in a sandbox with AWS: eval "$(ed8kctl sandbox env)"; for real AWS install the published plugin: pulumi plugin install resource aws',
    },
  );
}
