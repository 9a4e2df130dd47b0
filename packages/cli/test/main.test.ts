import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { VERBS } from "../src/verbs/index.ts";
import { call } from "./support/call.ts";
import { ssb } from "./support/ssb.ts";

test("ssb alone and --help list every verb, with examples", async () => {
  for (const args of [[], ["--help"], ["-h"]]) {
    const { code, stdout } = await call(args);
    expect(code).toBe(0);
    for (const verb of Object.keys(VERBS)) expect(stdout).toMatch(new RegExp(`^  ${verb} `, "m"));
    expect(stdout).toContain("Examples:");
  }
});

test("every verb's --help has options, examples and no colour codes in a pipe", async () => {
  for (const verb of Object.keys(VERBS)) {
    const { code, stdout } = await call([verb, "--help"]);
    expect(code).toBe(0);
    expect(stdout).toContain("--json");
    expect(stdout).toContain(`  ssb ${verb}`);
    expect(stdout).not.toContain("\u001b");
  }
});

test("--version prints the version of the package", async () => {
  expect((await call(["--version"])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test("a wrong call is one line on stderr that names what to do, and exit code 2", async () => {
  const calls: [string[], RegExp][] = [
    [["demoo"], /no verb "demoo"; choose demo, analyze.*did you mean demo\?/],
    [["analyze"], /Missing required positional argument: DATASET \(ssb analyze --help\)/],
    [["analyze", "mnist", "--scales", "unit"], /has no option --scales \(ssb analyze --help\)/],
    [["analyze", "mnist", "--scale", "units"], /--scale must be one of unit, symmetric/],
    [
      ["analyze", "mnist", "--classes", "one"],
      /classes must be numbers, or names of the set \(0, 1, .*\), got "one"/,
    ],
    [["analyze", "mnist", "extra"], /unexpected argument "extra"/],
    [["analyze", "mnist", "--pad"], /--pad needs a value/],
    [["theory", "ising"], /must be one of two-deltas, mixture, .*guidance.*; got "ising"/],
    [["theory", "sphere", "--weight", "0.5"], /sphere has no option --weight/],
    [["data", "info"], /data info needs a data set/],
    [["demo", "--samples", "3"], /--samples must be an integer of at least 80, got 3/],
  ];
  for (const [args, message] of calls) {
    const { code, stdout, stderr } = await call(args);
    expect([args, code, stdout]).toEqual([args, 2, ""]);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^ssb: .*\n$/);
  }
});

test("a failure is one line and exit code 1, and --debug shows where it came from", async () => {
  const plain = await ssb(["analyze", "no-such-file.npz"]);
  expect(plain.code).toBe(1);
  expect(plain.stderr).toMatch(/^ssb: no-such-file\.npz: expected a data set's name .*\n$/);
  const debug = await call(["analyze", "no-such-file.npz", "--debug"]);
  expect(debug.code).toBe(1);
  expect(debug.stderr).toContain("    at ");
});

test("the process ends with the code of its command, and speaks on the right stream", async () => {
  const help = await ssb(["--help"]);
  expect([help.code, help.stderr]).toEqual([0, ""]);
  const wrong = await ssb(["analyze"]);
  expect([wrong.code, wrong.stdout]).toEqual([2, ""]);
});

test("numbers that fit no model are a wrong call, with the rule that they break", async () => {
  const { code, stderr } = await call(["theory", "mixture", "--weight", "2"]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/weight must lie in \(0, 1\), got 2/);
});

test("an interrupt ends a run at once and leaves nothing behind", async () => {
  const { code, signal, directory } = await ssb(["demo"], 1500);
  expect(signal ?? code).toSatisfy((end: unknown) => end === "SIGINT" || end === 130);
  expect(readdirSync(directory)).toEqual([]);
});
