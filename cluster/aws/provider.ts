import * as aws from "@pulumi/aws";

/**
 * The provider of a cluster's AWS parts: as whoever runs the engine, in this region, and in no other account than the
 * one that was checked, whatever profile a later run finds.
 */
export function awsProvider({ account, region }: { readonly account: string; readonly region: string }): aws.Provider {
  return new aws.Provider("aws", { region: region as aws.Region, allowedAccountIds: [account] });
}
