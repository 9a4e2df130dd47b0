import { advanced, beginning } from "@symbreak/core";
import { expect, test } from "vitest";
import { trainingLines } from "../../src/train/training-lines.ts";

const ENTRY = {
  step: 50,
  loss: 0.0471,
  lossByLevel: [0.181, null, 1.5],
  gradientNorm: 0.12,
  rate: 1e-3,
  imagesPerSecond: 123.4,
  seconds: 10,
};

test("a log entry is one line with the loss by level, the speed and the time left", () => {
  let out = "";
  const lines = trainingLines(110, { write: (text) => (out += text) });
  let progress = beginning(110);
  for (let step = 1; step <= 50; step++) {
    progress = advanced(progress, 1, 2);
    lines.step({ step, loss: 1 }, progress);
  }
  lines.log(ENTRY);
  expect(out).toBe(
    "step 50/110  loss 0.0471 [.181 – 1.500]  gradient .120  123 images/s, about 2 min 0 s left\n",
  );
});

test("a classifier's line has the accuracy, and no levels where nothing is noised", () => {
  let out = "";
  const lines = trainingLines(50, { write: (text) => (out += text) });
  lines.log({ ...ENTRY, lossByLevel: [null, null], accuracy: 0.875 });
  expect(out).toBe("step 50/50  loss 0.0471  accuracy 87.5%  gradient .120  123 images/s\n");
});

test("on a terminal one line follows the steps, and gives way to others", () => {
  let out = "";
  let time = 0;
  const write = (text: string) => (out += text);
  const lines = trainingLines(3, { write, isTTY: true, now: () => time });
  const after = (steps: number) => advanced(beginning(3), steps, steps);
  lines.step({ step: 1, loss: 0.5 }, after(1));
  lines.step({ step: 2, loss: 0.4 }, after(2));
  time = 1000;
  lines.step({ step: 3, loss: 0.3 }, after(3));
  lines.say("done");
  expect(out).toBe(
    "\r\u001b[Kstep 1/3  loss 0.5000, about 2 s left\r\u001b[Kstep 3/3  loss 0.3000\r\u001b[Kdone\n",
  );
});
