import type { Work } from "../tools/cache.js";

/** An image as data: layers from the lowest up, and how it is run. */
export interface ImageDefinition {
  /** Short, for messages and folders. */
  readonly name: string;
  /** What it is imported as; the tag tells what is in it. */
  readonly reference: string;
  readonly layers: readonly LayerDefinition[];
  readonly config: ImageConfig;
  /** For images whose sources are edited: their layers stay in the cache, so that it takes no network to make them anew. */
  readonly isEdited?: true;
}

/** A part of an image that is made and cached by itself. */
export interface LayerDefinition {
  readonly name: string;
  /** Files and folders of the checkout, relative to it, that decide the content beside the definition itself. */
  readonly sources: readonly string[];
  /** What else decides the content, as the version of a program that is copied. */
  readonly facts?: readonly string[];
  readonly packages?: PackageSet;
  /** Adds to the folder in which the packages were unpacked. */
  readonly fill?: (folder: string, work: Work) => Promise<void>;
}

/** Debian packages and what they need. */
export interface PackageSet {
  /** Names, each with `=VERSION` where the image's tag promises one; `*` stands for any text. */
  readonly names: readonly string[];
  /** Packages that the image can do without though others depend on them; `*` stands for any text. */
  readonly without: readonly string[];
  /** What is there already, in a layer below. */
  readonly below?: PackageSet;
  /** Paths that are not unpacked, as `./usr/share/doc/*`. */
  readonly leaveOut: readonly string[];
}

/** https://github.com/opencontainers/image-spec/blob/main/config.md#properties */
export interface ImageConfig {
  readonly User?: string;
  readonly Env?: readonly string[];
  readonly Entrypoint?: readonly string[];
  readonly Cmd?: readonly string[];
  readonly WorkingDir?: string;
  readonly StopSignal?: string;
}
