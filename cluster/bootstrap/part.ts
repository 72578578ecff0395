/** One thing that is to be so, and can be made so; it may be done again at any time. */
export interface BootstrapPart {
  readonly what: string;
  isDone(): Promise<boolean>;
  make(): Promise<void>;
}

/** What became of a part: it was so, it was made so, or a dry run found that it would be. */
export type PartState = "so already" | "made" | "missing";

export interface PartResult {
  readonly what: string;
  readonly state: PartState;
}

/** @param make what is missing, one after the other; false: only look */
export async function bringAbout(
  parts: readonly BootstrapPart[],
  { make, report }: { readonly make: boolean; readonly report: (result: PartResult) => void },
): Promise<readonly PartResult[]> {
  const results: PartResult[] = [];
  for (const part of parts) {
    const result = { what: part.what, state: await settle(part, make) };
    results.push(result);
    report(result);
  }
  return results;
}

async function settle(part: BootstrapPart, make: boolean): Promise<PartState> {
  if (await part.isDone()) return "so already";
  if (!make) return "missing";
  await part.make();
  return "made";
}
