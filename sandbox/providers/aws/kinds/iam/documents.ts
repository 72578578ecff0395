/** IAM's error that says that something is gone. */
export const GONE = ["NoSuchEntityException"];

/** IAM gives policy documents encoded as parts of a URL. https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html */
export function fromDocument(document: string | undefined): string | undefined {
  return document === undefined ? undefined : decodeURIComponent(document);
}
