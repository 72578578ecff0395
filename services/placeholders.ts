import { UserError } from "../errors.js";
import { suggest } from "../suggest.js";
import { OUTPUTS, type ResourceClaim } from "./claims.js";

/** One output of one of the service's claims, filled in when an environment is planned. */
export interface Placeholder {
  readonly resource: string;
  readonly output: string;
}

/** `$${` is the text `${`; a `${` without its end is taken to the end of the text, and is no placeholder. */
const PATTERN = /\$\$\{|\$\{[^}]*\}?/g;
const SHAPE = "${resources.<name>.<output>}";

/**
 * Takes a variable's text apart: plain text and placeholders, in their order. The syntax is that of Score
 * (https://docs.score.dev/docs/score-specification/).
 * @throws UserError on a `${` that begins no placeholder
 */
export function parsePlaceholders(text: string): readonly (string | Placeholder)[] {
  return scan(text).map((part) => {
    if (typeof part === "object" && "wrong" in part) throw new UserError(wrongText(part.wrong), { exit: "usage" });
    return part;
  });
}

/** What is wrong with the placeholders of a variable of a service that has these claims. */
export function placeholderProblems(
  text: string,
  claims: Readonly<Record<string, ResourceClaim>>,
): readonly { readonly text: string; readonly hint?: string }[] {
  return scan(text).flatMap((part) => {
    if (typeof part === "string") return [];
    if ("wrong" in part) return [{ text: wrongText(part.wrong), hint: "write $${ for the characters ${" }];
    const problem = referenceProblem(part, claims);
    return problem === undefined ? [] : [problem];
  });
}

function referenceProblem({ resource, output }: Placeholder, claims: Readonly<Record<string, ResourceClaim>>) {
  const whole = `\${resources.${resource}.${output}}`;
  const claim = Object.hasOwn(claims, resource) ? claims[resource] : undefined;
  if (claim === undefined) {
    const names = Object.keys(claims);
    const has = names.length === 0 ? "the service claims none" : `there are ${names.join(", ")}`;
    return { text: `${whole} names no resource; ${has}`, ...hint(suggest(resource, names)) };
  }
  const outputs: readonly string[] = OUTPUTS[claim.type];
  if (outputs.includes(output)) return undefined;
  const text = `${whole} names no output of ${claim.type}, which has ${outputs.join(", ")}`;
  return { text, ...hint(suggest(output, outputs)) };
}

function hint(near: string | undefined): { hint?: string } {
  return near === undefined ? {} : { hint: `did you mean ${near}?` };
}

function wrongText(wrong: string): string {
  return `"${wrong}" is no placeholder; it is written ${SHAPE}`;
}

type Part = string | Placeholder | { readonly wrong: string };

function scan(text: string): readonly Part[] {
  const parts: Part[] = [];
  let plain = "";
  let end = 0;
  for (const match of text.matchAll(PATTERN)) {
    plain += text.slice(end, match.index);
    end = match.index + match[0].length;
    if (match[0] === "$${") {
      plain += "${";
      continue;
    }
    if (plain !== "") parts.push(plain);
    plain = "";
    parts.push(placeholder(match[0]));
  }
  plain += text.slice(end);
  return plain === "" ? parts : [...parts, plain];
}

function placeholder(text: string): Part {
  const [, resource, output] = /^\$\{resources\.([^.{}]+)\.([^.{}]+)\}$/.exec(text) ?? [];
  return resource === undefined || output === undefined ? { wrong: text } : { resource, output };
}
