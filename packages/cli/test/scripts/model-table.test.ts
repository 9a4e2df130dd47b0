import { readFileSync } from "node:fs";
import { zoo } from "@symbreak/zoo";
import { expect, test } from "vitest";
import { withModelTable } from "../../scripts/zoo/model-table.ts";

const readme = readFileSync(new URL("../../../zoo/README.md", import.meta.url), "utf8");
const cells = (text: string) => text.replaceAll(/ +/g, " ").replaceAll(/-{3,}/g, "---");

test("the zoo's README has the table that its cards make", () => {
  const made = withModelTable(readme, Object.values(zoo));
  expect(cells(made)).toBe(cells(readme));
  for (const name of Object.keys(zoo)) expect(made).toContain(`(models/${name}.md)`);
});

test("a README without the marks is refused", () => {
  expect(() => withModelTable("# zoo", [])).toThrow("<!-- models -->");
});
