import { readFileSync } from "node:fs";
import { loadModel, MODEL_NAMES } from "@symbreak/zoo";
import { expect, test } from "vitest";
import { withModelTable } from "../../scripts/zoo/model-table.ts";

const readme = readFileSync(new URL("../../../zoo/README.md", import.meta.url), "utf8");
const cells = (text: string) => text.replaceAll(/ +/g, " ").replaceAll(/-{3,}/g, "---");

test("the zoo's README has the table that its cards make", async () => {
  const cards = await Promise.all(MODEL_NAMES.map(async (name) => (await loadModel(name)).card));
  const made = withModelTable(readme, cards);
  expect(cells(made)).toBe(cells(readme));
  for (const name of MODEL_NAMES) expect(made).toContain(`(models/${name}.md)`);
});

test("a README without the marks is refused", () => {
  expect(() => withModelTable("# zoo", [])).toThrow("<!-- models -->");
});
