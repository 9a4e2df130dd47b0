import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { commandLine, publish } from "../src/publish.ts";

test("commandLine quotes what a shell would split or expand", () => {
  expect(commandLine(["analyze", "my images", "--classes", "1,8"])).toBe(
    "ssb analyze 'my images' --classes 1,8",
  );
  expect(commandLine(["data", "info", "it's$HOME"])).toBe(`ssb data info 'it'\\''s$HOME'`);
});

const OUTCOME = { result: { kind: "x" }, text: "found\n", name: "x", files: { "a.txt": "a" } };
const scratch = () => mkdtempSync(join(tmpdir(), "ssb-publish-"));

test("publish writes the result and its files whole, and replaces those of an earlier run", async () => {
  const print = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const out = join(scratch(), "runs", "x");
  const listeners = process.listenerCount("SIGINT");
  const wanted = { json: false, out, argv: ["x"] };
  const page = () => ({ title: "T", finding: "F.", sections: [], protocol: {} });
  await publish({ ...OUTCOME, page }, wanted);
  await publish({ ...OUTCOME, files: { "a.txt": "b" } }, wanted);
  print.mockRestore();
  expect(readdirSync(out).sort()).toEqual(["a.txt", "report.html", "result.json"]);
  expect(readFileSync(join(out, "a.txt"), "utf8")).toBe("b");
  expect(readFileSync(join(out, "report.html"), "utf8")).toContain("<code>ssb x</code>");
  expect(process.listenerCount("SIGINT")).toBe(listeners);
});

test("publish leaves no fragment behind when it cannot write", async () => {
  const print = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const directory = scratch();
  writeFileSync(join(directory, "taken"), "");
  const wanted = { json: true, out: join(directory, "taken"), argv: [] };
  await expect(publish(OUTCOME, wanted)).rejects.toThrow("cannot be written");
  print.mockRestore();
  expect(readdirSync(directory)).toEqual(["taken"]);
});
