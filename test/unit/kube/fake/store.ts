import type { JsonObject } from "../../../../kube/manifest.js";
import { asText, at, isJsonObject, type LiveObject } from "../../../../kube/object.js";
import type { ApiResource } from "../../../../kube/resources.js";
import { type Applied, type Application, applyServerSide, mergePatch, type Owners } from "./apply.js";
import { Refusal } from "./refusal.js";

/** Where an object is; without a name, a list. */
export interface Place {
  readonly resource: ApiResource;
  readonly namespace: string | undefined;
  readonly name: string;
}

export interface StoredEvent {
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  readonly object: LiveObject;
}

interface Entry {
  readonly object: LiveObject;
  readonly owners: Owners;
}

const CREATED = "2026-11-24T12:00:00Z";

/** The objects of a fake API server, with versions and a history for watches. */
export class Store {
  readonly #entries = new Map<string, Entry>();
  readonly #history: StoredEvent[] = [];
  readonly #listeners = new Set<(event: StoredEvent) => void>();
  #version = 100;
  #uids = 0;
  #oldest = 0;

  get version(): number {
    return this.#version;
  }

  get(place: Place): LiveObject {
    return this.#entry(place).object;
  }

  all(): readonly LiveObject[] {
    return [...this.#entries.values()].map(({ object }) => object);
  }

  list({ resource, namespace }: Omit<Place, "name">): readonly LiveObject[] {
    return this.all().filter(
      ({ apiVersion, kind, metadata }) =>
        apiVersion === resource.apiVersion &&
        kind === resource.kind &&
        (namespace === undefined || metadata.namespace === namespace),
    );
  }

  create(place: Place, manifest: JsonObject, dryRun = false): LiveObject {
    const metadata = at(manifest, "metadata");
    const generated = `${asText(at(metadata, "generateName"))}${this.#uids + 1}`;
    const name = at(metadata, "name") === undefined ? generated : place.name;
    if (this.#entries.has(keyOf({ ...place, name }))) throw alreadyExists({ ...place, name });
    return this.#put({ ...place, name }, { object: manifest, owners: new Map() }, dryRun);
  }

  apply(place: Place, application: Application, dryRun = false): LiveObject {
    const live = this.#entries.get(keyOf(place));
    this.#checkUid(place, at(application.manifest, "metadata", "uid"));
    return this.#put(place, applyServerSide(live ?? { object: {}, owners: new Map() }, application), dryRun);
  }

  merge(place: Place, patch: JsonObject, dryRun = false): LiveObject {
    const { object, owners } = this.#entry(place);
    return this.#put(place, { object: mergePatch(object, patch) as JsonObject, owners }, dryRun);
  }

  /** Gives the object while finalizers hold it, as the API server does. */
  delete(place: Place, { uid, dryRun = false }: { uid?: unknown; dryRun?: boolean } = {}): LiveObject | undefined {
    const { object, owners } = this.#entry(place);
    this.#checkUid(place, uid);
    if ((object.metadata.finalizers ?? []).length > 0) {
      const metadata = { ...object.metadata, deletionTimestamp: CREATED };
      return this.#put(place, { object: { ...object, metadata }, owners }, dryRun);
    }
    if (!dryRun) this.remove(place);
    return undefined;
  }

  /** Takes the object away, whatever holds it. */
  remove(place: Place): void {
    const { object } = this.#entry(place);
    this.#entries.delete(keyOf(place));
    this.#version += 1;
    this.#tell({ type: "DELETED", object: withVersion(object, this.#version) });
  }

  /** Forgets what has happened so far: a watch from there is answered with 410. */
  forget(): void {
    this.#oldest = this.#version;
  }

  /** What has happened since a version. @throws Refusal (410) when that is forgotten */
  since(version: number): readonly StoredEvent[] {
    if (version < this.#oldest) {
      throw new Refusal(410, "Expired", { message: `too old resource version: ${version} (${this.#oldest})` });
    }
    return this.#history.filter(({ object }) => Number(object.metadata.resourceVersion) > version);
  }

  /** @returns what ends the subscription */
  subscribe(listener: (event: StoredEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #entry(place: Place): Entry {
    const entry = this.#entries.get(keyOf(place));
    if (entry !== undefined) return entry;
    throw new Refusal(404, "NotFound", { message: `${nameOf(place)} not found` });
  }

  /** A uid in a manifest or in preconditions means that very object. */
  #checkUid(place: Place, uid: unknown): void {
    const actual = this.#entries.get(keyOf(place))?.object.metadata.uid;
    if (typeof uid !== "string" || uid === actual) return;
    throw new Refusal(409, "Conflict", {
      message: `Operation cannot be fulfilled on ${nameOf(place)}: uid mismatch: the provided object specified uid ${uid}, and no existing object was found`,
    });
  }

  #put(place: Place, { object, owners }: Applied, dryRun: boolean): LiveObject {
    const before = this.#entries.get(keyOf(place))?.object;
    const completed = this.#complete(place, object, before);
    if (before !== undefined && isSame(before, completed)) {
      if (!dryRun) this.#entries.set(keyOf(place), { object: before, owners });
      return before;
    }
    const stored = withVersion(completed, this.#version + 1);
    if (dryRun) return stored;
    this.#version += 1;
    this.#entries.set(keyOf(place), { object: stored, owners });
    this.#tell({ type: before === undefined ? "ADDED" : "MODIFIED", object: stored });
    return stored;
  }

  #complete({ resource, namespace, name }: Place, object: JsonObject, before: LiveObject | undefined): LiveObject {
    const { apiVersion, kind } = resource;
    const { metadata: given, ...rest } = object;
    if (before === undefined) this.#uids += 1;
    const specChanged = JSON.stringify(before?.["spec"]) !== JSON.stringify(rest["spec"]);
    const metadata = {
      ...(isJsonObject(given) ? given : {}),
      name,
      ...(namespace === undefined ? {} : { namespace }),
      uid: before?.metadata.uid ?? `uid-${this.#uids}`,
      resourceVersion: before?.metadata.resourceVersion ?? "",
      creationTimestamp: CREATED,
      generation: (before?.metadata.generation ?? 0) + (specChanged || before === undefined ? 1 : 0),
    };
    return { ...rest, apiVersion, kind, metadata };
  }

  #tell(event: StoredEvent): void {
    this.#history.push(event);
    for (const listener of this.#listeners) listener(event);
  }
}

function withVersion(object: LiveObject, version: number): LiveObject {
  return { ...object, metadata: { ...object.metadata, resourceVersion: String(version) } };
}

function isSame(one: LiveObject, other: LiveObject): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, sorted(value[name])]),
  );
}

function alreadyExists(place: Place): Refusal {
  return new Refusal(409, "AlreadyExists", { message: `${nameOf(place)} already exists` });
}

/** `deployments.apps "web"`, as the API server calls it. */
function nameOf({ resource, name }: Place): string {
  const group = resource.apiVersion.includes("/") ? `.${resource.apiVersion.split("/")[0] ?? ""}` : "";
  return `${resource.plural}${group} "${name}"`;
}

function keyOf({ resource, namespace, name }: Place): string {
  return [resource.apiVersion, resource.kind, namespace ?? "", name].join("|");
}
