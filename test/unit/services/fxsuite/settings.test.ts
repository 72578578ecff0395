import assert from "node:assert/strict";
import { readSettings } from "../../../../services/fxsuite/src/settings.js";

const required = {
  DATABASE_URL: "postgres://app:secret@db:5432/app",
  KAFKA_BOOTSTRAP: "kafka-0:9092, kafka-1:9092",
  DEALS_TOPIC: "alice.deals",
};

describe("settings of FXSuite", () => {
  it("have defaults", () => {
    assert.deepEqual(readSettings(required), {
      databaseUrl: "postgres://app:secret@db:5432/app",
      brokers: ["kafka-0:9092", "kafka-1:9092"],
      topic: "alice.deals",
      port: 8080,
      pageSize: 100,
      logLevel: "info",
    });
  });

  it("tell all that is missing or wrong at once, and no password", () => {
    assert.throws(
      () => readSettings({ ...required, DEALS_TOPIC: "", PORT: "http", LOG_LEVEL: "loud", DEALS_PAGE_SIZE: "501" }),
      {
        message:
          'LOG_LEVEL is "loud": it is one of debug, info, warning, error; DEALS_TOPIC is not set: it is the Kafka topic of the deals; ' +
          'PORT is "http": it is a whole number from 1 to 65535; DEALS_PAGE_SIZE is "501": it is a whole number from 1 to 500',
      },
    );
  });
});
