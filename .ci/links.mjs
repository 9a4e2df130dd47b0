// Refuses a relative link in a Markdown file to a file, or a heading of one, that is not there.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const list = ["ls-files", "--cached", "--others", "--exclude-standard", "--", "*.md"];
const files = execFileSync("git", list, { cwd: root, encoding: "utf8" })
  .split("\n")
  .filter((file) => file && existsSync(join(root, file)));

/** Text without code, where brackets are no links. */
const prose = (text) =>
  text.replace(/^(`{3,}|~{3,})[\s\S]*?^\1\s*$/gm, "").replace(/(`+)[^\n]*?\1/g, "`code`");

/** The anchors of a file's headings, as GitHub makes them. */
const anchors = new Map();
function anchorsOf(file) {
  if (!anchors.has(file)) {
    const text = readFileSync(file, "utf8").replace(/^(`{3,}|~{3,})[\s\S]*?^\1\s*$/gm, "");
    const counts = new Map();
    const found = [...text.matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)].map(([, heading]) => {
      const words = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
      const slug = words.replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, "").replaceAll(" ", "-");
      const count = counts.get(slug) ?? 0;
      counts.set(slug, count + 1);
      return count ? `${slug}-${count}` : slug;
    });
    const written = [...text.matchAll(/<a\s+(?:id|name)="([^"]+)"/g)].map(([, id]) => id);
    anchors.set(file, new Set([...found, ...written]));
  }
  return anchors.get(file);
}

let links = 0;
const faults = files.flatMap((file) => {
  const text = prose(readFileSync(join(root, file), "utf8"));
  const targets = [
    ...text.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g),
    ...text.matchAll(/^\[[^\]]+\]:\s*<?([^\s>]+)/gm),
    ...text.matchAll(/<(?:img|a|source)\s[^>]*?(?:src|href|srcset)="([^"]+)"/g),
  ].map(([, target]) => target);
  return targets
    .filter((target) => !/^[a-z][a-z0-9+.-]*:|^\/\//i.test(target))
    .flatMap((target) => {
      links++;
      const [path, anchor] = decodeURI(target).split("#");
      const to = path ? resolve(root, dirname(file), path) : join(root, file);
      if (relative(root, to).startsWith("..")) return [`${file}: ${target} leaves the repository`];
      if (!existsSync(to)) return [`${file}: ${target} is not there`];
      const inside = anchor && to.endsWith(".md") && statSync(to).isFile();
      return inside && !anchorsOf(to).has(anchor) ? [`${file}: ${target} has no such heading`] : [];
    });
});
for (const fault of faults) console.error(fault);
console.log(`${links} relative links in ${files.length} files, ${faults.length} broken`);
process.exitCode = faults.length ? 1 : 0;
