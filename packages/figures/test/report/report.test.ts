import { expect, test } from "vitest";
import { captioned, numbers, pictures, report } from "../../src/index.ts";

const one = {
  title: "a < b",
  finding: "t_S = 1",
  sections: [
    { title: "First", text: ["x & y"], content: [captioned("<svg></svg>", "what it shows")] },
  ],
  protocol: { seed: "1" },
  command: 'ssb demo --out "a b"',
};
const page = report(one);

test("report escapes its texts, sets subscripts, and ends with protocol and command", () => {
  expect(page).toContain("<title>a &lt; b</title>");
  expect(page).toContain('<p class="finding"><i>t</i><sub>S</sub> = 1</p>');
  expect(page).toContain("<p>x &amp; y</p>");
  expect(page.indexOf("<dt>seed</dt><dd>1</dd>")).toBeGreaterThan(page.indexOf("what it shows"));
  expect(page).toContain("<code>ssb demo --out &quot;a b&quot;</code>");
});

test("all style is in one sheet: no element carries its own, which a strict page would refuse", () => {
  expect(page.match(/<style>/g)).toHaveLength(1);
  expect(page.slice(page.indexOf("</style>"))).not.toMatch(/ style=|<style/);
});

test("warnings come before everything else, and a report that no command made names none", () => {
  const warned = report({ ...one, warnings: ["Few samples."], command: undefined });
  expect(warned).toContain('<p class="warning" role="note">Few samples.</p>');
  expect(warned.indexOf("Few samples.")).toBeLessThan(warned.indexOf("<section"));
  expect(warned).not.toContain("Made by");
});

test("each cell of a table bears its column's name, for phones, where rows become blocks", () => {
  const html = numbers("c", ["solver", "a & b"], [["DDIM", "3 [2, 4]"]]);
  expect(html).toContain('<td role="cell" data-label="a &amp; b" class="number">3 [2, 4]</td>');
  expect(page).toContain("content: attr(data-label)");
});

test("report fetches nothing and runs no script", () => {
  expect(page).not.toMatch(/<script|<link|src="http|url\(/);
});

test("each section is labelled by its heading and linked from the contents", () => {
  expect(page).not.toContain("<nav");
  expect(report({ ...one, sections: [...one.sections, ...one.sections] })).toContain(
    '<a href="#s2">First</a>',
  );
  expect(page).toContain('<section aria-labelledby="s1"><h2 id="s1">');
});

test("numbers folds a long table and leaves a short one open", () => {
  const rows = (count: number) => Array.from({ length: count }, (_, i) => [`${i}`, "1"]);
  expect(numbers("c", ["k", "v"], rows(3))).not.toContain("<details>");
  expect(numbers("c", ["k", "v"], rows(40))).toContain("<summary>40 numbers</summary>");
});

test("pictures give their size at the zoom and a text alternative", () => {
  const html = pictures(
    [
      {
        name: "noise",
        alt: "16 digits",
        picture: { uri: "data:image/png;base64,AA==", width: 30, height: 20 },
      },
    ],
    "c",
    2,
  );
  expect(html).toContain(
    '<img src="data:image/png;base64,AA==" width="60" height="40" alt="16 digits">',
  );
});
