import { expect, test } from "vitest";
import { checkDigest, sha256 } from "../src/digest.ts";

/** SHA-256 of "abc": FIPS 180-2, appendix B.1. */
const ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

test("sha256 is that of the standard", () => {
  expect(sha256(Buffer.from("abc"))).toBe(ABC);
});

test("checkDigest passes the right bytes and names both digests for others", () => {
  checkDigest(Buffer.from("abc"), ABC, "x");
  expect(() => checkDigest(Buffer.from("abd"), ABC, "x")).toThrow(
    `x: expected content with sha256 ${ABC}, found a52d159f262b2c6ddb724a61840befc36eb30c88877a4030b65cbe86298449c9`,
  );
});
