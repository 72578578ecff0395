/** What a statement of a policy asks beside its action and resource: operator → key → value. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** One statement of a policy, in IAM's own words; lists even of one, so that whoever reads it has one case. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?:
    "*" | Readonly<Record<"Service" | "AWS", readonly string[]>> | Readonly<Record<string, readonly string[]>>;
  readonly Action: readonly string[];
  /** Absent in trust policies alone: they are about the role that has them. */
  readonly Resource?: readonly string[];
  readonly Condition?: Conditions;
}

/** A policy, as IAM, S3, SQS and KMS take it. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

/** A policy of these statements. */
export function policyDocument(statements: readonly Statement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}

/** What makes ARNs of a cluster's things. */
export interface Place {
  readonly account: string;
  readonly region: string;
}
