import assert from "node:assert/strict";
import { readdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { forgetFacts, recallFacts, recordFacts } from "../../../ed8kctl/known-clusters.js";
import { cleanUp, scratchFolder, setEnv } from "../sandbox/scratch.js";
import { FACTS } from "./live/facts.js";

describe("what is remembered of clusters", () => {
  let cache: string;
  beforeEach(() => {
    cache = scratchFolder();
    setEnv({ ED8K_CACHE: cache });
  });
  afterEach(cleanUp);

  const files = (): readonly string[] => readdirSync(join(cache, "clusters"));
  const onlyFile = (): string => join(cache, "clusters", files()[0] ?? "");

  it("is what their stacks have said, apart for each backend", () => {
    recordFacts("s3://ours", FACTS);
    recordFacts("s3://theirs", { ...FACTS, domain: "theirs.example.com" });
    assert.deepEqual(recallFacts("s3://ours", "dev"), FACTS);
    assert.equal(recallFacts("s3://theirs", "dev")?.domain, "theirs.example.com");
    assert.equal(recallFacts("s3://ours", "second"), undefined);
  });

  it("is forgotten alone", () => {
    recordFacts("s3://ours", FACTS);
    recordFacts("s3://theirs", FACTS);
    forgetFacts("s3://ours", "dev");
    forgetFacts("s3://ours", "never seen");
    assert.equal(recallFacts("s3://ours", "dev"), undefined);
    assert.deepEqual(recallFacts("s3://theirs", "dev"), FACTS);
  });

  it("holds for ten minutes", () => {
    recordFacts("", FACTS);
    const age = (seconds: number): void => utimesSync(onlyFile(), Date.now() / 1000, Date.now() / 1000 - seconds);
    age(590);
    assert.deepEqual(recallFacts("", "dev"), FACTS);
    age(610);
    assert.equal(recallFacts("", "dev"), undefined);
  });

  it("is nothing where it cannot be read, or another version has written it", () => {
    recordFacts("", FACTS);
    for (const text of ["{", "{}", JSON.stringify({ ...FACTS, gateway: "envoy" })]) {
      writeFileSync(onlyFile(), text);
      assert.equal(recallFacts("", "dev"), undefined, text);
    }
  });

  it("lies in the cache whatever the stack is called, for this user only", () => {
    recordFacts("", { ...FACTS, name: "../../organization/dev" });
    assert.equal(recallFacts("", "../../organization/dev")?.uid, FACTS.uid);
    assert.deepEqual(files().length, 1);
    assert.equal(statSync(onlyFile()).mode & 0o777, 0o600);
  });

  it("is not needed: where nothing can be written, nothing is remembered", () => {
    const file = join(cache, "a-file");
    writeFileSync(file, "");
    setEnv({ ED8K_CACHE: join(file, "cache") });
    recordFacts("", FACTS);
    assert.equal(recallFacts("", "dev"), undefined);
  });
});
