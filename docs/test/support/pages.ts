import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository. */
export const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** A fenced block of a page. */
export interface Block {
  /** The page and the line of its fence, as an editor opens them: "README.md:60". */
  readonly at: string;
  /** The word after the fence, "ts", and what follows it. */
  readonly language: string;
  readonly text: string;
}

/** All fenced blocks of the pages that people read: READMEs, docs/, CONTRIBUTING, SECURITY. */
export function blocks(): Block[] {
  const list = ["ls-files", "--cached", "--others", "--exclude-standard", "--", "*.md"];
  const pages = execFileSync("git", list, { cwd: ROOT, encoding: "utf8" })
    .split("\n")
    .filter((page) => page && !/^\.changeset\/|CHANGELOG\.md$|^packages\/zoo\/models\//.test(page));
  return pages.flatMap((page) => {
    const text = readFileSync(join(ROOT, page), "utf8");
    return [...text.matchAll(/^```([^\n]*)\n([\s\S]*?)^```$/gm)].map((match) => ({
      at: `${page}:${text.slice(0, match.index).split("\n").length}`,
      language: match[1]!.trim(),
      text: match[2]!,
    }));
  });
}
