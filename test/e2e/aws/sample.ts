import type { ValueMap } from "../../../sandbox/providers/plugin/values.js";

/** A resource that an earlier sample has made. */
export interface Made {
  readonly id: string;
  /** Outputs, such as `arn`. */
  readonly outputs: ValueMap;
}

/** Finds what was made under a name. */
export type MadeBy = (name: string) => Made;

/** A change of some inputs; `undefined` takes one away. */
export interface SampleChange {
  readonly inputs: (made: MadeBy) => ValueMap;
  readonly expect: "update" | "replace";
}

/** One resource that the test of all kinds makes, changes and removes; samples are made in the order of their list. */
export interface Sample {
  /** By which later samples find it: `made("vpc").id`. */
  readonly name: string;
  readonly type: string;
  readonly inputs: (made: MadeBy) => ValueMap;
  /** One after the other; an update stays, a replacement is only asked about. */
  readonly changes: readonly SampleChange[];
  /** For what AWS keeps after its removal, such as keys that are to be deleted later. @default true */
  readonly goes?: boolean;
}
