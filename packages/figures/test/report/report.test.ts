import { expect, test } from "vitest";
import { captioned, numbers, pictures, report } from "../../src/report/report.ts";

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
