import { expect, test } from "vitest";
import { escapeMarkup, typesetHtml } from "../src/index.ts";

test("escapeMarkup makes text safe inside elements and attributes", () => {
  expect(escapeMarkup(`<a href="x">&`)).toBe("&lt;a href=&quot;x&quot;&gt;&amp;");
});

test("typesetHtml turns an underscore after a symbol into a subscript, braces allowing more than one character", () => {
  expect(typesetHtml("t_S and x_{0} < θ_c")).toBe(
    "<i>t</i><sub>S</sub> and <i>x</i><sub>0</sub> &lt; <i>θ</i><sub>c</sub>",
  );
});

test("typesetHtml leaves names in snake case alone", () => {
  expect(typesetHtml("data_batch")).toBe("data_batch");
});
