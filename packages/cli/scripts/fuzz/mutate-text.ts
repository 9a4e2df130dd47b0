import type { Random } from "./random.ts";

/** What may stand where a value of JSON stood. */
const VALUES = [
  ...["0", "-1", "1e7", "1e308", "1e-320", "-0", "0.5", "9007199254740993", "-Infinity", "NaN"],
  ...['""', '"x"', '"toString"', '"__proto__"', '"constructor"', '"../../x"', "null", "true"],
  ...["[]", "{}", "[[]]", "[null]", '{"length":1e9}', '{"__proto__":{"polluted":1}}'],
  `${"[".repeat(5000)}${"]".repeat(5000)}`,
  `"${"x".repeat(100_000)}"`,
];

const KEYS = ["__proto__", "constructor", "prototype", "toString", "length", "hasOwnProperty"];

/** JSON texts with faults: values and keys that are others, or missing, or there twice. */
export function mutateText(text: string, random: Random): string {
  let out = text;
  for (let faults = 1 + random(3); faults > 0; faults--) out = fault(out, random);
  return out;
}

function fault(text: string, random: Random): string {
  const tokens = [...text.matchAll(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null/g)];
  const token = tokens[random(Math.max(1, tokens.length))];
  if (token === undefined || random(20) === 0) return text.slice(0, random(text.length + 1));
  const replace = (by: string): string =>
    text.slice(0, token.index) + by + text.slice(token.index + token[0].length);
  const isKey = /^\s*:/.test(text.slice(token.index + token[0].length));
  if (isKey) return replace(JSON.stringify(KEYS[random(KEYS.length)]));
  return replace(VALUES[random(VALUES.length)]!);
}
