// Compiles the contracts and writes ABI and bytecode to rewards/chain/artifacts; `--check` only compares.
// What is declared without NatSpec, or with a parameter that it leaves out, is refused.
// The same sources, compiler and settings give the same bytes on any machine: no metadata is appended to the code.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const solc = createRequire(import.meta.url)("solc");
const here = new URL("../", import.meta.url);
const artifacts = new URL("../chain/artifacts/", here);
const contracts = ["SlateDistributor", "SlateToken"];
const read = (path) => readFileSync(new URL(path, here), "utf8");
const settings = {
  optimizer: { enabled: true, runs: 10000 },
  evmVersion: "cancun",
  metadata: { appendCBOR: false, bytecodeHash: "none" },
  outputSelection: { "*": { "*": ["abi", "evm.bytecode.object", "devdoc", "userdoc"] } },
};
const sources = Object.fromEntries(contracts.map((name) => [`src/${name}.sol`, { content: read(`src/${name}.sol`) }]));
const findImport = (path) => ({ contents: read(`node_modules/${path}`) });

const input = JSON.stringify({ language: "Solidity", sources, settings });
const output = JSON.parse(solc.compile(input, { import: findImport }));
const problems = output.errors ?? [];
if (problems.length) {
  console.error(problems.map((problem) => problem.formattedMessage).join("\n"));
  process.exit(1);
}
const undocumented = contracts.flatMap(missingDocs);
if (undocumented.length) {
  console.error(`without NatSpec: ${undocumented.join(", ")}`);
  process.exit(1);
}
const stale = contracts.filter((name) => {
  const { abi, evm } = output.contracts[`src/${name}.sol`][name];
  const made = { contract: name, compiler: solc.version(), evmVersion: settings.evmVersion, abi, bytecode: `0x${evm.bytecode.object}` };
  const text = JSON.stringify(made, null, 1) + "\n";
  const file = new URL(`${name}.json`, artifacts);
  if (existsSync(file) && readFileSync(file, "utf8") === text) return false;
  if (!process.argv.includes("--check")) {
    mkdirSync(artifacts, { recursive: true });
    writeFileSync(file, text);
  }
  return true;
});
if (process.argv.includes("--check") && stale.length) {
  console.error(`rewards/chain/artifacts is out of date for ${stale.join(", ")}: run npm run artifacts in rewards/contracts`);
  process.exit(1);
}
console.log(stale.length ? `written: ${stale.join(", ")}` : "artifacts are up to date");

// Of the functions, events and errors that the contract's own file declares: `name` where no notice tells what it is,
// `name(parameter)` where one is not explained.
function missingDocs(name) {
  const { abi, devdoc, userdoc } = output.contracts[`src/${name}.sol`][name];
  const own = new Set([...sources[`src/${name}.sol`].content.matchAll(/(?:function|event|error) (\w+)\(/g)].map((found) => found[1]));
  return abi.filter((item) => own.has(item.name)).flatMap((item) => {
    const signature = `${item.name}(${item.inputs.map(canonical).join(",")})`;
    const kind = { function: "methods", event: "events", error: "errors" }[item.type];
    const of = (docs) => [docs[kind]?.[signature] ?? {}].flat()[0];
    const explained = of(devdoc).params ?? {};
    const parameters = item.inputs.filter((input) => !explained[input.name]).map((input) => `${item.name}(${input.name})`);
    return of(userdoc).notice ? parameters : [item.name, ...parameters];
  });
}

function canonical({ type, components }) {
  return components ? `(${components.map(canonical).join(",")})${type.slice("tuple".length)}` : type;
}
