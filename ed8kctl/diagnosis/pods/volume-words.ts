/** What the scheduler says of a pod's volumes, in words; `undefined` when it is about something else. @param nodes ` on 2 nodes`, or nothing */
export function volumeText(reason: string, nodes: string): string | undefined {
  for (const [pattern, words] of WORDS) {
    const match = pattern.exec(reason);
    if (match !== null) return words(match[1] ?? "", nodes);
  }
  return undefined;
}

/** https://github.com/kubernetes/kubernetes/tree/v1.36.3/pkg/scheduler/framework/plugins: volumebinding, volumezone, … */
const WORDS: readonly (readonly [RegExp, (claim: string, nodes: string) => string])[] = [
  [/unbound immediate PersistentVolumeClaims/, () => "its volume is not there yet"],
  [/persistentvolumeclaim "(.+?)" not found/, (claim) => `its volume claim ${claim} is not there`],
  [/persistentvolumeclaim "(.+?)" is being deleted/, (claim) => `its volume claim ${claim} is being deleted`],
  [
    /persistentvolumeclaim "(.+?)" bound to non-existent/,
    (claim) => `the volume of its claim ${claim} is not there any more`,
  ],
  [/bound to non-existent pv/, () => "the volume of one of its claims is not there any more"],
  [/to create the persistentvolumeclaim "(.+?)"/, (claim) => `its volume claim ${claim} is about to be made`],
  [/PersistentVolume's node affinity|volume node affinity conflict/, (_, nodes) => `its volume cannot be used${nodes}`],
  [/persistent volumes to bind/, (_, nodes) => `there is no volume for it${nodes}`],
  [/enough free storage/, (_, nodes) => `there is too little storage for its volume${nodes}`],
  [/no available volume zone/, (_, nodes) => `its volume is in another zone${nodes.replace(" on ", " than ")}`],
  [/max volume count/, (_, nodes) => `no further volume can be attached${nodes}`],
  [/ReadWriteOncePod|no available disk/, () => "its volume is in use by another pod"],
];
