import { expect, test } from "vitest";

import { loadingSnippet } from "./snippet";

test("the snippet names the platform and the export, and reads what the profile writes", () => {
  const shards = loadingSnippet("https://slate.example", "0198-export", "webdataset");
  expect(shards).toContain('Client("https://slate.example"');
  expect(shards).toContain('download_export("0198-export"');
  expect(shards).toContain("webdataset.WebDataset(shards");
  expect(loadingSnippet("https://slate.example", undefined, "metadata")).toContain("gzip.open");
});
