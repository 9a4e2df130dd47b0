import * as fc from "fast-check";
import { expect, test } from "vitest";
import { onnxMetadata, withOnnxMetadata } from "../../src/export/onnx-metadata.ts";

test("notes are read as they were written, of any length and in any script", () => {
  const notes = fc.dictionary(fc.string({ unit: "grapheme" }), fc.string({ maxLength: 400 }));
  fc.assert(
    fc.property(notes, (given) => {
      const file = withOnnxMetadata(Uint8Array.of(8, 8), given);
      expect(new Map(Object.entries(onnxMetadata(file)))).toEqual(new Map(Object.entries(given)));
    }),
  );
});

test("what is no ONNX file is refused, whatever it holds", () => {
  expect(() => onnxMetadata(new TextEncoder().encode("<html>"))).toThrow("must be an ONNX model");
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      try {
        onnxMetadata(bytes);
      } catch (error) {
        expect((error as Error).message).toMatch(/^onnxMetadata: /);
      }
    }),
  );
});
