import { describe, expect, it } from "vitest";
import { message } from "../../src/onnx/protobuf.ts";

describe("message", () => {
  it("encodes the examples of the protobuf documentation", () => {
    expect([...message().integer(1, 150).encode()]).toEqual([0x08, 0x96, 0x01]);
    expect([...message().bytes(2, "testing").encode()]).toEqual([
      0x12,
      7,
      ...Buffer.from("testing"),
    ]);
    expect([...message().integer(1, -2).encode()]).toEqual([
      0x08,
      0xfe,
      ...Array(8).fill(0xff),
      0x01,
    ]);
    expect([...message().integers(6, [3, 270, 86942]).encode()]).toEqual([
      0x32, 0x06, 0x03, 0x8e, 0x02, 0x9e, 0xa7, 0x05,
    ]);
    expect([...message().bytes(3, message().integer(1, 150)).encode()]).toEqual([
      0x1a, 3, 0x08, 0x96, 0x01,
    ]);
  });

  it("encodes floats and text in UTF-8", () => {
    expect([...message().float(2, 1.5).encode()]).toEqual([0x15, 0, 0, 0xc0, 0x3f]);
    expect([...message().bytes(1, "ε→🙂").encode()].slice(2)).toEqual([...Buffer.from("ε→🙂")]);
    expect([...message().bytes(20, "").encode()]).toEqual([0xa2, 0x01, 0]);
  });
});
