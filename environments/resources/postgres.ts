import { claimName } from "../../naming.js";
import { VERSIONS } from "../../versions.js";
import { claimImage } from "./claim-image.js";
import { claimObject } from "./claim-object.js";
import type { Claim, Driver, DriverContext, Fulfilment } from "./driver.js";
import { statefulSet } from "./stateful-set.js";

const SIZES = {
  s: { cpu: "100m", memory: "256Mi", storage: "2Gi" },
  m: { cpu: "250m", memory: "512Mi", storage: "10Gi" },
  l: { cpu: "1", memory: "2Gi", storage: "40Gi" },
} as const;
const USER = 999;
const PORT = 5432;
/** Away from /var/lib/postgresql/data, where images of version 18 and later refuse a volume. */
const VOLUME = "/data";
const DATABASE = "app";
const PASSWORD_LENGTH = 24;

/** PostgreSQL as one pod with a volume in the environment's namespace. */
export const inClusterPostgres: Driver<"postgres"> = (claim, context) => {
  const name = claimName(claim.service, claim.name);
  const { version, size } = claim.params;
  const { image, notes } = claimImage(name, VERSIONS.images.postgres[version], context.facts.images);
  return {
    physicalName: name,
    objects: [
      passwordSecret(claim, context),
      ...statefulSet(claim, context, {
        image,
        port: PORT,
        user: USER,
        env: [
          { name: "POSTGRES_USER", value: DATABASE },
          { name: "POSTGRES_DB", value: DATABASE },
          { name: "POSTGRES_PASSWORD", valueFrom: { secretKeyRef: { name, key: "password" } } },
          // A server cannot read the files of another major version; the old ones stay for the way back.
          { name: "PGDATA", value: `${VOLUME}/${version}` },
        ],
        dataPath: VOLUME,
        ready: ["pg_isready", "--username", DATABASE, "--dbname", DATABASE, "--host", "127.0.0.1"],
        ...SIZES[size],
      }),
    ],
    notes,
    secrets: [{ name, length: PASSWORD_LENGTH }],
    outputs: {
      host: [name],
      port: [String(PORT)],
      name: [DATABASE],
      username: [DATABASE],
      password: [{ secret: name }],
    },
  } satisfies Fulfilment;
};

function passwordSecret(claim: Claim, context: DriverContext) {
  const name = claimName(claim.service, claim.name);
  return {
    ...claimObject(claim, context, { apiVersion: "v1", kind: "Secret", metadata: { name } }),
    secretData: { password: [{ secret: name }] },
  };
}
