/** How a copy of a chart differs from the chart, so that what is new at each rendering shows for certain. */
export interface Edits {
  /** What takes the place of a function's name. */
  readonly replaced: Readonly<Record<string, string>>;
  /** What the result of a function is given to, by the function's name. */
  readonly piped: Readonly<Record<string, string>>;
}

/**
 * The edits of the copies. Chance would not tell: two renderings run within one second, and Go gives a map of few
 * entries in the same order most of the time. Raw strings, because values that hold templates are YAML.
 */
export const EDITS = [editsOf("2001-02-03", "sortAlpha", 1), editsOf("2002-03-04", "sortAlpha | reverse", 2)] as const;

function editsOf(day: string, order: string, number: number): Edits {
  return {
    replaced: { now: `(toDate \`2006-01-02\` \`${day}\`)`, ago: `printf \`%v ${number}\`` },
    piped: { keys: order, shuffle: `printf \`%v ${number}\``, randInt: `add ${number}000000` },
  };
}

/** An action of a template that is no comment. */
export const ACTION = /\{\{(?!-?\s*\/\*)[\s\S]*?\}\}/g;

/** The template with the edits in its actions; text around them stays. */
export function editTemplate(template: string, edits: Edits): string {
  return template.replaceAll(ACTION, (action) => editAction(action, edits));
}

/** Strings, and names that are no field, variable or part of a longer name. */
const STRING_OR_NAME = /"(?:\\.|[^"\\])*"|`[^`]*`|(?<![.$\w])[A-Za-z]\w*/g;

function editAction(action: string, { replaced, piped }: Edits): string {
  // From the last to the first: an edit moves only what comes after it.
  return [...action.matchAll(STRING_OR_NAME)].toReversed().reduce((text, { 0: name, index }) => {
    const after = index + name.length;
    const other = Object.hasOwn(replaced, name) ? replaced[name] : undefined;
    if (other !== undefined) return text.slice(0, index) + other + text.slice(after);
    const next = Object.hasOwn(piped, name) ? piped[name] : undefined;
    if (next === undefined) return text;
    const end = commandEnd(text, after);
    return `${text.slice(0, end)} | ${next}${text.slice(end)}`;
  }, action);
}

const STRING_OR_END = /"(?:\\.|[^"\\])*"|`[^`]*`|[()]|\s*\||\s*-?\}\}/g;

/** Where the command that goes on at `from` ends: before the next pipe, its closing bracket, or the action's end. */
function commandEnd(action: string, from: number): number {
  let depth = 0;
  for (const { 0: found, index } of action.slice(from).matchAll(STRING_OR_END)) {
    if (found === "(") depth += 1;
    else if (depth === 0 && !/^["`]/.test(found)) return from + index;
    else if (found === ")") depth -= 1;
  }
  return action.length;
}
