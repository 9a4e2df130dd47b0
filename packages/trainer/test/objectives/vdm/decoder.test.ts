import { constant, interpret, program } from "@symbreak/graph";
import { expect, test } from "vitest";
import { encoded, reconstruction } from "../../../src/objectives/vdm/decoder.ts";

const BYTES = [0, 1, 100, 255];
const data = constant(
  BYTES.map((v) => (v * 2) / 255 - 1),
  [2, 2],
);

test("bytes move to the centres of 256 equal parts of [−1, 1]", () => {
  const values = interpret(program({ x: encoded(data, "bytes") }), {}).x!;
  BYTES.forEach((v, i) => {
    expect(values[i]).toBeCloseTo((2 * (v + 0.5)) / 256 - 1, 12);
  });
});

test("the reconstruction of bytes is minus the log of a softmax over all 256", () => {
  const gamma = -9;
  const noise = [0.3, -2, 1, 0];
  const x = encoded(data, "bytes");
  const loss = reconstruction(x, constant(noise, [2, 2]), constant(gamma), "bytes");
  const found = interpret(program({ loss }), {}).loss!;
  const centre = (v: number): number => (2 * v + 1) / 256 - 1;
  const losses = BYTES.map((byte, i) => {
    const seen = centre(byte) + Math.exp(gamma / 2) * noise[i]!;
    const logit = (v: number): number => -((seen - centre(v)) ** 2) / (2 * Math.exp(gamma));
    let total = 0;
    for (let v = 0; v < 256; v++) total += Math.exp(logit(v));
    return Math.log(total) - logit(byte);
  });
  expect(found[0]).toBeCloseTo((losses[0]! + losses[1]!) / 2, 8);
  expect(found[1]).toBeCloseTo((losses[2]! + losses[3]!) / 2, 8);
});
