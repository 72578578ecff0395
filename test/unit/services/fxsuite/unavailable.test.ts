import assert from "node:assert/strict";
import pg from "pg";
import { isUnavailable } from "../../../../services/fxsuite/src/unavailable.js";

const told = (code: string): Error => Object.assign(new pg.DatabaseError("said", 4, "error"), { code });

describe("a database that is away", () => {
  for (const [what, error] of [
    ["nobody listens", Object.assign(new AggregateError([], ""), { code: "ECONNREFUSED" })],
    ["its name is not known", Object.assign(new Error("getaddrinfo EAI_AGAIN db"), { code: "EAI_AGAIN" })],
    ["the connection broke", new Error("Connection terminated unexpectedly")],
    ["it does not answer", new Error("Query read timeout")],
    ["all connections are taken", new Error("timeout exceeded when trying to connect")],
    ["it is shut down", told("57P01")],
    ["it has too many connections", told("53300")],
    ["its tables are not made yet", told("42P01")],
  ] as const) {
    it(`is known by that ${what}`, () => assert.equal(isUnavailable(error), true));
  }

  for (const [what, error] of [
    ["text that it does not take", told("22021")],
    ["a statement that it does not understand", told("42601")],
    ["an error of the program", new TypeError("x is undefined")],
    ["a wrong argument", Object.assign(new TypeError("must be a string"), { code: "ERR_INVALID_ARG_TYPE" })],
    ["what is no error", "timeout expired"],
  ] as const) {
    it(`is not known by ${what}`, () => assert.equal(isUnavailable(error), false));
  }
});
