/** Makes the sandbox's cluster one that environments can be made on. */
export async function adoptCluster(_report: (line: string) => void): Promise<void> {
  // Written with the cluster stack.
}
