import { expect, test } from "vitest";
import { agreementOf, checkClasses, labelsOf } from "../../src/cloning/classes.ts";

test("labels agree or not; probabilities agree with the chance that two readers do", () => {
  const labels = { labels: [3, 1, 3] };
  expect(agreementOf([labels, 0], [labels, 1], 4)).toBe(0);
  expect(agreementOf([labels, 0], [labels, 2], 4)).toBe(1);
  const soft = { probabilities: [0.9, 0.1, 0.2, 0.8] };
  expect(agreementOf([soft, 0], [soft, 1], 2)).toBeCloseTo(0.9 * 0.2 + 0.1 * 0.8, 15);
  expect(agreementOf([labels, 1], [soft, 1], 2)).toBe(0.8);
  expect(agreementOf([soft, 0], [labels, 0], 2)).toBe(0);
});

test("what is no class is refused, and the number of classes told", () => {
  expect(checkClasses("f", { labels: [0, 4, 1] }, 3)).toBe(5);
  expect(checkClasses("f", { probabilities: [0.5, 0.5, 0, 1] }, 2)).toBe(2);
  expect(() => checkClasses("f", { labels: [0, 1] }, 3)).toThrow(
    "f: classify must return 3 labels",
  );
  expect(() => checkClasses("f", { labels: [0, 0.5, 1] }, 3)).toThrow("integers from 0, got 0.5");
  expect(() => checkClasses("f", { probabilities: [1, 0, 1] }, 2)).toThrow("of 2 samples, got 3");
  expect(() => checkClasses("f", { probabilities: [0.5, 0.4] }, 1)).toThrow("must sum to one");
  expect(() => checkClasses("f", { probabilities: [Number.NaN, 1] }, 1)).toThrow("must sum to one");
});

test("the largest score names the class, among all or among some", () => {
  const logits = [0, 3, 9, 1, 5, 2, 0, -1];
  expect([...labelsOf(logits, 2)]).toEqual([2, 0]);
  expect([...labelsOf(logits, 2, [1, 3])]).toEqual([1, 1]);
  expect(() => labelsOf(logits, 3)).toThrow("scores must be of 3 samples, got 8");
  expect(() => labelsOf(logits, 2, [4])).toThrow("among must list some of 0 … 3");
});
