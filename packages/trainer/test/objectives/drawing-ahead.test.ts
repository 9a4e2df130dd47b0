import { expect, test } from "vitest";
import { drawingAhead } from "../../src/objectives/drawing-ahead.ts";
import { type StepRandom, stepRandom } from "../../src/objectives/step-random.ts";

/** What a step may ask for: noise twice over, other noise, and times. */
function draws(random: StepRandom, rows: number): ArrayLike<number>[] {
  const normal = (size: number, stream: "noise" | "decoder") => {
    const out = new Float32Array(rows * size);
    random.normal(out, size, stream);
    return out;
  };
  return [
    normal(3, "noise"),
    normal(3, "noise"),
    normal(2, "decoder"),
    random.uniform(2, 1, "times"),
  ];
}

test("numbers drawn ahead are those that would be drawn then", () => {
  let random = drawingAhead(7, 4);
  // The last step asks for more than those before, as no batch does: it is drawn when it is asked for.
  for (const [step, rows] of [
    [4, 5],
    [5, 5],
    [6, 5],
    [7, 6],
  ] as const) {
    expect(draws(random, rows)).toEqual(draws(stepRandom(7, step), rows));
    random = random.next();
  }
});
