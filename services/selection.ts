import { profileServices, type Catalogue } from "./catalogue.js";

/** Which services an environment was asked to run. */
export interface Selection {
  readonly profile: string;
  /** Services beyond the profile. */
  readonly start: readonly string[];
  /** Services of the profile that are left out. */
  readonly stop: readonly string[];
}

/**
 * The selection with `names` started; what runs already stays as it is.
 * @param needs what `names` need, which must not stay stopped
 */
export function withStarted(
  selection: Selection,
  names: readonly string[],
  { catalogue, needs }: { readonly catalogue: Catalogue; readonly needs: readonly string[] },
): Selection {
  const { profile, start, stop } = selection;
  const there = [...catalogue.core, ...profileServices(catalogue, profile), ...start];
  return {
    profile,
    start: [...start, ...new Set(names.filter((name) => !there.includes(name)))],
    stop: stop.filter((name) => !names.includes(name) && !needs.includes(name)),
  };
}

/** The selection with `names` stopped; what does not run stays as it is. */
export function withStopped(selection: Selection, names: readonly string[], catalogue: Catalogue): Selection {
  const { profile, start, stop } = selection;
  const chosen = profileServices(catalogue, profile);
  return {
    profile,
    start: start.filter((name) => !names.includes(name)),
    stop: [...stop, ...new Set(names.filter((name) => chosen.includes(name) && !stop.includes(name)))],
  };
}
