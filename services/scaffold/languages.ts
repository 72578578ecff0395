import type { ServiceDefinition } from "../service.js";

export const LANGUAGES = ["python", "node", "go", "java"] as const;
export type Language = (typeof LANGUAGES)[number];

interface LanguageFacts {
  /** Where programs in the language usually listen. */
  readonly port: number;
  readonly development: NonNullable<ServiceDefinition["development"]>;
}

const SOURCES = [{ from: "src", to: "/app/src" }];

/** What differs in a new service from language to language. */
export const LANGUAGE_FACTS: Readonly<Record<Language, LanguageFacts>> = {
  python: {
    port: 8000,
    development: {
      sync: SOURCES,
      run: [{ command: "pip install -r requirements.txt", when: ["requirements.txt"] }],
      debug: { port: 5678, tool: "debugpy" },
    },
  },
  node: {
    port: 3000,
    development: {
      sync: SOURCES,
      run: [{ command: "npm ci", when: ["package-lock.json"] }],
      debug: { port: 9229, tool: "node" },
    },
  },
  go: {
    port: 8080,
    development: {
      sync: [{ from: ".", to: "/app" }],
      run: [{ command: "go mod download", when: ["go.mod", "go.sum"] }],
      debug: { port: 2345, tool: "delve" },
    },
  },
  java: {
    port: 8080,
    development: {
      sync: SOURCES,
      run: [{ command: "./mvnw dependency:resolve", when: ["pom.xml"] }],
      debug: { port: 5005, tool: "jdwp" },
    },
  },
};

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.some((language) => language === value);
}
