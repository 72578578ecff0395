import type {
  RequestLaunchTemplateData,
  ResourceType,
  ResponseLaunchTemplateData,
  VolumeType,
} from "@aws-sdk/client-ec2";
import type { Data } from "../../kind.js";
import { given, refuseUnknown } from "../known.js";
import { fromTagList, type Tags, toTagList } from "../tags.js";

/** A launch template's inputs, as programs write them; the published provider has texts for some booleans. */
export interface LaunchTemplateInputs {
  readonly name: string;
  readonly metadataOptions?: {
    readonly httpEndpoint?: "enabled" | "disabled";
    readonly httpTokens?: "optional" | "required";
    readonly httpPutResponseHopLimit?: number;
  };
  readonly blockDeviceMappings?: readonly {
    readonly deviceName: string;
    readonly ebs?: {
      readonly volumeType?: VolumeType;
      readonly volumeSize?: number;
      readonly encrypted?: string;
      readonly deleteOnTermination?: string;
      readonly kmsKeyId?: string;
    };
  }[];
  readonly tagSpecifications?: readonly { readonly resourceType: ResourceType; readonly tags: Tags }[];
}

type Mapping = NonNullable<LaunchTemplateInputs["blockDeviceMappings"]>[number];

/** What a version of the template says. @throws UserError for what the sandbox does not have */
export function toTemplateData(inputs: LaunchTemplateInputs): RequestLaunchTemplateData {
  const { metadataOptions: metadata, blockDeviceMappings, tagSpecifications } = inputs;
  refuseUnknown("metadataOptions", metadata, ["httpEndpoint", "httpTokens", "httpPutResponseHopLimit"]);
  refuseUnknown("tagSpecifications", tagSpecifications, ["resourceType", "tags"]);
  return given({
    MetadataOptions:
      metadata &&
      given({
        HttpEndpoint: metadata.httpEndpoint,
        HttpTokens: metadata.httpTokens,
        HttpPutResponseHopLimit: metadata.httpPutResponseHopLimit,
      }),
    BlockDeviceMappings: blockDeviceMappings?.map(toMapping),
    TagSpecifications: tagSpecifications?.map(({ resourceType, tags }) => ({
      ResourceType: resourceType,
      Tags: toTagList(tags),
    })),
  });
}

function toMapping(mapping: Mapping) {
  const { deviceName: DeviceName, ebs } = mapping;
  refuseUnknown("blockDeviceMappings", mapping, ["deviceName", "ebs"]);
  refuseUnknown("blockDeviceMappings.ebs", ebs, [
    "volumeType",
    "volumeSize",
    "encrypted",
    "deleteOnTermination",
    "kmsKeyId",
  ]);
  if (ebs === undefined) return { DeviceName };
  return {
    DeviceName,
    Ebs: given({
      VolumeType: ebs.volumeType,
      VolumeSize: ebs.volumeSize,
      Encrypted: maybeBoolean(ebs.encrypted),
      DeleteOnTermination: maybeBoolean(ebs.deleteOnTermination),
      KmsKeyId: ebs.kmsKeyId,
    }),
  };
}

/** What a version of the template says, as inputs. */
export function fromTemplateData(data: ResponseLaunchTemplateData): Data {
  const { MetadataOptions: metadata, BlockDeviceMappings: mappings, TagSpecifications: tagged } = data;
  return given({
    metadataOptions:
      metadata &&
      given({
        httpEndpoint: metadata.HttpEndpoint,
        httpTokens: metadata.HttpTokens,
        httpPutResponseHopLimit: metadata.HttpPutResponseHopLimit,
      }),
    blockDeviceMappings: mappings?.map(({ DeviceName, Ebs }) =>
      given({
        deviceName: DeviceName,
        ebs:
          Ebs &&
          given({
            volumeType: Ebs.VolumeType,
            volumeSize: Ebs.VolumeSize,
            encrypted: maybeText(Ebs.Encrypted),
            deleteOnTermination: maybeText(Ebs.DeleteOnTermination),
            kmsKeyId: Ebs.KmsKeyId,
          }),
      }),
    ),
    tagSpecifications: tagged?.map(({ ResourceType: type, Tags }) => ({ resourceType: type, tags: fromTagList(Tags) })),
  });
}

function maybeBoolean(text: string | boolean | undefined): boolean | undefined {
  return text === undefined ? undefined : String(text) === "true";
}

function maybeText(value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}
