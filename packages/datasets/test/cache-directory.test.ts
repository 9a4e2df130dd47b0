import { homedir } from "node:os";
import { afterEach, expect, test, vi } from "vitest";
import { cacheDirectory } from "../src/cache-directory.ts";

afterEach(() => vi.unstubAllEnvs());

test("SYMBREAK_CACHE comes first, then XDG_CACHE_HOME, then the system's folder in the home", () => {
  vi.stubEnv("SYMBREAK_CACHE", "/data/sets");
  vi.stubEnv("XDG_CACHE_HOME", "/xdg");
  expect(cacheDirectory()).toBe("/data/sets");
  vi.stubEnv("SYMBREAK_CACHE", "");
  expect(cacheDirectory()).toBe("/xdg/symbreak");
  vi.stubEnv("XDG_CACHE_HOME", "");
  expect(cacheDirectory().startsWith(homedir())).toBe(true);
  expect(cacheDirectory()).toMatch(/symbreak$/);
});
