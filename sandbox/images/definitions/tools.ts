import { keepServices } from "../content/aws.js";
import type { ImageDefinition } from "../definition.js";
import { overlayLayer } from "../layers/overlay.js";
import { packagesLayer } from "../layers/packages.js";
import { BASE } from "./base.js";

/** Services of AWS that ED8K knows, and three that the program does not start without; all would be 100 MB. */
const AWS = [
  ...["dynamodb", "iam", "kafka", "kafkaconnect", "logs", "rds", "s3", "secretsmanager", "sns", "sqs", "sts"],
  ...["codedeploy", "config", "opsworkscm"],
];

/** For a look around from inside the cluster: shell, curl, dig, jq, psql, redis-cli, openssl, nc, ps, aws. */
export const TOOLS: ImageDefinition = {
  name: "tools",
  reference: "ed8k.local/tools:1",
  layers: [
    BASE,
    {
      ...packagesLayer({
        name: "tools",
        names: [
          ...["awscli", "bind9-dnsutils", "curl", "jq", "netcat-openbsd", "openssl", "postgresql-client-15", "procps"],
          "redis-tools",
        ],
        below: BASE.packages,
        without: ["postgresql-client-common", "groff-base", "libuchardet0", "lsb-release"],
        leaveOut: ["*/awscli/examples/*", "./usr/share/postgresql/15/man/*", "*/sasl2/libsasldb*", "*/pydoc_data/*"],
      }),
      sources: ["sandbox/images/content/aws.ts"],
      facts: AWS,
      fill: (root) => {
        keepServices(root, AWS);
        return Promise.resolve();
      },
    },
    overlayLayer({
      name: "tools",
      copies: {},
      links: {
        "/usr/bin/nc": "nc.openbsd",
        ...Object.fromEntries(
          ["psql", "pg_dump", "pg_restore", "pg_isready"].map((name) => [
            `/usr/bin/${name}`,
            `/usr/lib/postgresql/15/bin/${name}`,
          ]),
        ),
      },
    }),
  ],
  config: { User: "10001", Env: ["LANG=C.UTF-8", "HOME=/tmp"], Cmd: ["/bin/bash"], WorkingDir: "/tmp" },
};
