import { expect, test } from "vitest";
import { scalarRecord, versionRecord } from "../../../src/node/run/event-record.ts";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

test("records are those that TensorBoard's own reader has read", () => {
  expect(hex(versionRecord(1.5))).toBe(
    "1800000000000000a37f4b2209000000000000f83f1a0d627261696e2e4576656e743a322a28646c",
  );
  const scalars = { loss: 0.5, "loss/by level 0": 0.25 };
  expect(hex(scalarRecord({ wallTime: 2.25, step: 300, scalars }))).toBe(
    "33000000000000000ca7205609000000000000024010ac022a250a0b0a046c6f7373150000003f0a160a0f6c6f73732f6279206c6576656c2030150000803ebe552887",
  );
});
