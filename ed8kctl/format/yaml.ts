import { stringify } from "yaml";

/**
 * Data as YAML that every reader takes as it is meant: kubectl and helm still read YAML 1.1, in which a bare `yes` is no
 * text. Nothing is abbreviated by anchors, and lines are not folded.
 */
export function toYaml(data: unknown): string {
  return stringify(data, { version: "1.1", aliasDuplicateObjects: false, lineWidth: 0 });
}
