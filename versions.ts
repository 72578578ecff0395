/**
 * Versions of everything that ED8K installs or runs, in one table; no other file names one.
 * Images are written in full, as an allow-list of registries sees them.
 */
export const VERSIONS = {
  /** What the sandbox runs and what charts are rendered for when no cluster is known yet. */
  kubernetes: "1.36.3",
  pulumi: "3.259.0",
  /** What is built where no npm package carries it. */
  helm: "4.2.3",
  plugins: { kubernetes: "4.34.2", random: "4.21.2" },
  images: {
    /** By major version. https://hub.docker.com/_/postgres */
    postgres: {
      "15": "docker.io/library/postgres:15.14",
      "16": "docker.io/library/postgres:16.10",
      "17": "docker.io/library/postgres:17.6",
      "18": "docker.io/library/postgres:18.0",
    },
    /** Redis claims are served by Valkey, which speaks the same protocol. https://hub.docker.com/r/valkey/valkey */
    redis: { "7": "docker.io/valkey/valkey:7.2.11", "8": "docker.io/valkey/valkey:8.1.4" },
    /** https://hub.docker.com/r/apache/kafka */
    kafka: "docker.io/apache/kafka:4.1.0",
  },
} as const;
