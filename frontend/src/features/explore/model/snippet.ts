/** How one loads an export in Python, ready to run. */
export function loadingSnippet(address: string, exportId: string | undefined, profile: string): string {
  const lines = [
    "from pathlib import Path",
    "",
    ...(profile === "webdataset" ? ["import webdataset"] : ["import gzip, json"]),
    "from openslate import Client",
    "",
    `client = Client("${address}", token="...")  # make one on your account page`,
    `paths = client.download_export("${exportId ?? "EXPORT"}", Path("data"))  # resumes, checks every sha256`,
    ...(profile === "webdataset"
      ? [
          'shards = sorted(str(path) for path in paths if path.suffix == ".tar")',
          "for sample in webdataset.WebDataset(shards, shardshuffle=100):",
          '    print(sample["__key__"], sorted(sample))',
        ]
      : [
          'for path in (path for path in paths if path.name.endswith(".jsonl.gz")):',
          "    for line in gzip.open(path):",
          "        print(json.loads(line))",
        ]),
  ];
  return lines.join("\n");
}

/** How one gets at one sample, and at others like it. */
export function sampleSnippet(address: string, sampleId: string): string {
  return [
    "from openslate import Client",
    "",
    `client = Client("${address}", token="...")  # make one on your account page`,
    `sample = client.sample("${sampleId}")`,
    'print(sample["record"]["scene"]["caption_short"])',
    "",
    `for near in client.samples(like="${sampleId}"):`,
    '    print(near["id"], near["likeness"])',
  ].join("\n");
}
