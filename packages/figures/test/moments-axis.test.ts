import { JSDOM } from "jsdom";
import { expect, test } from "vitest";
import { momentsAxis } from "../src/index.ts";

const { document } = new JSDOM("").window;
const moment = (name: string, time: number) => ({
  name,
  kind: "mode",
  time,
  low: null,
  high: null,
});

test("times that coincide have a row each: no two names share a place", () => {
  const svg = momentsAxis(
    {
      title: "Times",
      moments: [moment("first", 1.5), moment("second", 1.5), moment("third", 1.4999)],
    },
    { document },
  );
  const places = ["first", "second", "third"].map((name) => {
    const text = new RegExp(
      `<text[^>]*transform="translate\\(([-\\d.]+),([-\\d.]+)\\)"[^>]*>${name}<`,
    );
    return Number(svg.match(text)![2]);
  });
  expect(places[1]! - places[0]!).toBeGreaterThan(14);
  expect(places[2]! - places[1]!).toBeGreaterThan(14);
});

test("what it shows is said in words", () => {
  const svg = momentsAxis({ title: "Times", moments: [moment("t_C", 0.5)] }, { document });
  expect(svg).toContain('aria-label="Times. From noise to data, OU time: t_C 0.500."');
});
