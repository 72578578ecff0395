import { isMissing } from "../../aws/refusals.js";

/** Which cluster is looked for. */
export interface SweptCluster {
  /** The cluster stack. */
  readonly stack: string;
  readonly account: string;
  readonly region: string;
}

/** Something of the cluster that is still on AWS. */
export interface AwsLeftover {
  /** As the AWS command line calls the service, with what it is: `ec2 instance i-1`. */
  readonly what: string;
  /** A command for a shell that removes it, once what is told before it is gone. */
  readonly remove: string;
}

/** One service's look, by name and by tag: it needs no state. */
export type Look = (cluster: SweptCluster) => Promise<readonly AwsLeftover[]>;

/** @throws whatever else AWS says than that there is none */
export async function present(asked: Promise<unknown>): Promise<boolean> {
  return (await ifThere(asked)) !== undefined;
}

/**
 * @returns nothing where AWS says that there is none
 * @throws whatever else AWS says
 */
export async function ifThere<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** One page of a list, and where the next one begins. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string | undefined;
}

/** All pages of a list. */
export async function allPages<T>(read: (next: string | undefined) => Promise<Page<T>>): Promise<readonly T[]> {
  const found: T[] = [];
  let next: string | undefined;
  do {
    const page = await read(next);
    found.push(...page.items);
    ({ next } = page);
  } while (next !== undefined && next !== "");
  return found;
}
