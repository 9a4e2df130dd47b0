import { expect, test } from "vitest";
import { canonicalJson } from "../../src/json/canonical-json.ts";
import { parseJson } from "../../src/json/parse-json.ts";

test("broken JSON, a prototype and endless nesting are refused by the name of the text", () => {
  expect(parseJson('{"a": [1, {"b": null}]}', "x.json")).toEqual({ a: [1, { b: null }] });
  expect(() => parseJson('{"a": 1', "runs/x.json")).toThrow(
    /^runs\/x.json cannot be read as JSON: /,
  );
  const named = 'x.json has a key "__proto__"';
  expect(() => parseJson('{"a": [{"__proto__": {"x": 1}}]}', "x.json")).toThrow(named);
  expect(() => parseJson('{"\\u005f_proto__": 1}', "x.json")).toThrow(named);
  const deep = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;
  expect(() => parseJson(deep(100_000), "x.json")).toThrow("x.json is nested more than 100");
  expect(parseJson(deep(100), "x.json")).toHaveLength(1);
});

test("equal values share one text, whatever the order of their keys", () => {
  const text = canonicalJson({ b: [1, { d: "ü", c: undefined }], a: -1.5e-300 });
  expect(text).toBe('{"a":-1.5e-300,"b":[1,{"d":"ü"}]}');
  expect(canonicalJson({ a: -1.5e-300, b: [1, { d: "ü" }] })).toBe(text);
});

test.each([
  [{ a: [0, Number.NaN] }, "a[1] must be plain"],
  [{ a: { b: Number.POSITIVE_INFINITY } }, "a.b must be plain"],
  [new Float64Array(2), "the value must be plain"],
  [{ when: new Date(0) }, "when must be plain"],
  [[undefined], "[0] must be plain"],
  [() => 0, "the value must be plain"],
])("what JSON would lose is refused by its path: %o", (value, message) => {
  expect(() => canonicalJson(value)).toThrow(message);
});
