import { architecture } from "../architecture.js";
import { putJars } from "../content/maven.js";
import type { ImageDefinition, LayerDefinition } from "../definition.js";
import { overlayLayer } from "../layers/overlay.js";
import { packagesLayer } from "../layers/packages.js";
import { BASE } from "./base.js";

/**
 * What `mvn dependency:copy-dependencies -DincludeScope=runtime` gives for its `from`, without Kafka Connect and the web
 * server that comes with it: no broker and no tool loads them.
 */
const LOCK = "sandbox/images/files/kafka.lock.json";
/** One script, which knows by its name what it is. */
const TOOLS = ["topics", "configs", "console-consumer", "console-producer", "consumer-groups", "storage"];

const JARS: LayerDefinition = {
  name: "kafka-jars",
  sources: [LOCK, "sandbox/images/content/maven.ts"],
  fill: (root, work) => putJars(root, { lock: LOCK, folder: "/opt/kafka/libs" }, work),
};

/** Keeps the contract of docker.io/apache/kafka: https://hub.docker.com/r/apache/kafka */
export const KAFKA: ImageDefinition = {
  name: "kafka",
  reference: "ed8k.local/kafka:4.1.0",
  layers: [
    BASE,
    packagesLayer({
      name: "kafka",
      names: ["openjdk-17-jre-headless"],
      below: BASE.packages,
      // Pictures, sound, printing, smart cards: none of it is loaded by a broker.
      without: [
        ...["ca-certificates-java", "java-common", "font*", "libasound2*", "libavahi*", "libcups2", "libdbus-1-3"],
        ...["libfreetype6", "libfontconfig1", "libharfbuzz0b", "libgraphite2-3", "libglib2.0-0", "libjpeg62-turbo"],
        ...["liblcms2-2", "libnspr4", "libnss3", "libpcsclite1", "libpng16-16", "libsqlite3-0", "libbrotli1"],
        ...["util-linux*", "libexpat1", "libgnutls30", "libgssapi-krb5-2", "libkrb5*", "libk5crypto3", "libp11-kit0"],
        ...["libsystemd0", "libunistring2", "libidn2-0", "libhogweed6", "libnettle8", "libtasn1-6", "libgmp10"],
        ...["libmount1", "libblkid1", "libsmartcols1", "libudev1", "libpam0g", "libgcrypt20", "libcom-err2"],
      ],
      leaveOut: [
        ...["awt*", "fontmanager", "freetype", "javajpeg", "j2pcsc", "j2gss", "jsound", "lcms", "mlib_image"].map(
          (library) => `./usr/lib/jvm/*/lib/lib${library}.so`,
        ),
        "./usr/lib/jvm/*/legal/*",
      ],
    }),
    JARS,
    overlayLayer({
      name: "kafka",
      copies: { "/": "sandbox/images/files/kafka" },
      links: {
        ...Object.fromEntries(TOOLS.map((name) => [`/opt/kafka/bin/kafka-${name}.sh`, "kafka-tool.sh"])),
        "/usr/lib/jvm/default": `java-17-openjdk-${architecture()}`,
      },
      folders: { "/var/lib/kafka": 0o1777 },
    }),
  ],
  config: {
    User: "1000",
    Env: [
      "PATH=/opt/kafka/bin:/usr/lib/jvm/default/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
      "LANG=C.UTF-8",
    ],
    Cmd: ["/opt/kafka/bin/kafka-start.sh"],
    WorkingDir: "/",
  },
};
