import { expect, test } from "vitest";

import { loadingSnippet, sampleSnippet } from "./snippet";

test("the snippet names the platform and the export, and reads what the profile writes", () => {
  const shards = loadingSnippet("https://slate.example", "0198-export", "webdataset");
  expect(shards).toContain('Client("https://slate.example"');
  expect(shards).toContain('download_export("0198-export"');
  expect(shards).toContain("webdataset.WebDataset(shards");
  expect(loadingSnippet("https://slate.example", undefined, "metadata")).toContain("gzip.open");
});

test("a sample's snippet names it and asks for what is near it", () => {
  const shown = sampleSnippet("https://slate.example", "0198-sample");
  expect(shown).toContain('client.sample("0198-sample")');
  expect(shown).toContain('client.samples(like="0198-sample")');
});
