import { isMap, parseDocument } from "yaml";
import { VERSIONS } from "../../versions.js";

/** A chart out of a Go module: the source from which its publisher makes the chart of the registry. */
export interface ChartSource {
  readonly name: string;
  readonly version: string;
  /** With its version, as Go names it. */
  readonly module: string;
  /** The chart's folder in the module. */
  readonly path: string;
  /** True: it runs pods, whose images a node of the sandbox would have to pull. */
  readonly runs: boolean;
  /** What is done to files when a release is made, by their path in the chart. */
  readonly release: Readonly<Record<string, (text: string) => string>>;
  /** A file of the source that becomes another one of the release. @default none */
  readonly renamed?: Readonly<Record<string, string>>;
}

const { karpenter, "gateway-helm": gateway } = VERSIONS.charts;
const KARPENTER = { module: `github.com/aws/karpenter-provider-aws@v${karpenter}`, version: karpenter };
const GATEWAY = { module: `github.com/envoyproxy/gateway@v${gateway}`, version: gateway };

/** The charts that need no registry; other charts of the platform are in no Go module. */
export const CHART_SOURCES: readonly ChartSource[] = [
  {
    ...KARPENTER,
    name: "karpenter-crd",
    path: "charts/karpenter-crd",
    runs: false,
    release: { "Chart.yaml": (text) => withVersion(text, karpenter) },
  },
  {
    ...KARPENTER,
    name: "karpenter",
    path: "charts/karpenter",
    runs: true,
    release: {
      "Chart.yaml": (text) => withVersion(text, karpenter),
      // The source still names the image of the release before, by its digest.
      "values.yaml": (text) => changed(text, { "controller.image.tag": karpenter, "controller.image.digest": "" }),
    },
  },
  {
    ...GATEWAY,
    name: "gateway-crds-helm",
    path: "charts/gateway-crds-helm",
    runs: false,
    release: { "Chart.yaml": (text) => withVersion(text, gateway) },
  },
  {
    ...GATEWAY,
    name: "gateway-helm",
    path: "charts/gateway-helm",
    runs: true,
    renamed: { "values.tmpl.yaml": "values.yaml" },
    release: {
      "Chart.yaml": (text) => withVersion(text, gateway),
      // https://github.com/envoyproxy/gateway/blob/main/tools/make/helm.mk
      "values.yaml": (text) =>
        text
          .replaceAll("${GatewayImagePullPolicy}", "IfNotPresent")
          .replaceAll("${GatewayImage}", `docker.io/envoyproxy/gateway:v${gateway}`),
    },
  },
];

function withVersion(text: string, version: string): string {
  return changed(text, { version, appVersion: version });
}

/** The YAML text with other values at these paths, which it must have. */
function changed(text: string, values: Readonly<Record<string, string>>): string {
  const document = parseDocument(text);
  for (const [path, value] of Object.entries(values)) {
    const steps = path.split(".");
    if (!isMap(document.contents) || !document.hasIn(steps)) throw new Error(`the chart has no ${path}`);
    document.setIn(steps, value);
  }
  return document.toString();
}
