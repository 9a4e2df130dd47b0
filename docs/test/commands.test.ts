import { expect, it } from "vitest";
import { checkWords } from "../../packages/cli/src/verb.ts";
import { VERBS } from "../../packages/cli/src/verbs/index.ts";
import { blocks } from "./support/pages.ts";

/** The lines of all pages that call ssb, without their comments; `…` stands for what a reader fills in. */
const commands = blocks()
  .filter(({ language }) => language === "sh")
  .flatMap(({ at, text }) =>
    text
      .replace(/\\\n\s*/g, "")
      .split("\n")
      .map((line) => line.replace(/\s[#>].*$/, "").trim())
      .filter((line) => /^(pnpm )?ssb /.test(line) && !line.includes("…"))
      .map((line) => ({ at, line: line.replace(/^pnpm /, "") })),
  );

it("are there to be checked", () => expect(commands.length).toBeGreaterThan(30));

/** Refuses words that the verb, or the verb behind "--", does not have. */
async function check([name = "", ...rest]: readonly string[]): Promise<void> {
  if (name.startsWith("--") || rest.includes("--help")) return;
  const entry = VERBS[name];
  if (entry === undefined) throw new Error(`there is no verb ${name}`);
  const end = rest.includes("--") ? rest.indexOf("--") : rest.length;
  checkWords(name, await entry.load(), rest.slice(0, end));
  if (end < rest.length) await check(rest.slice(end + 1));
}

it.each(commands)("$at: $line", async ({ line }) => {
  const words = [...line.matchAll(/"([^"]*)"|'([^']*)'|([^\s"'|>]+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare!,
  );
  await check(words.slice(1));
});
