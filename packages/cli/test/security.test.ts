import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const page = readFileSync(`${root}SECURITY.md`, "utf8");

test("every line of the threat model names a test that there is", () => {
  const named = [...page.matchAll(/\| "([^|]+)" in `([^`]+)` *\|/g)];
  expect(named.length).toBeGreaterThan(25);
  const absent = named.filter(([, title, file]) => {
    return !existsSync(root + file!) || !readFileSync(root + file!, "utf8").includes(`"${title}"`);
  });
  expect(absent.map(([line]) => line)).toEqual([]);
});
