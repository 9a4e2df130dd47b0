import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Where fetched data sets live: `$SYMBREAK_CACHE`, or `symbreak` in the system's cache folder (`$XDG_CACHE_HOME` or
 * `~/.cache`; `~/Library/Caches` on macOS; `%LOCALAPPDATA%` on Windows).
 */
export function cacheDirectory(): string {
  const { SYMBREAK_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (SYMBREAK_CACHE) return SYMBREAK_CACHE;
  if (XDG_CACHE_HOME) return join(XDG_CACHE_HOME, "symbreak");
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches", "symbreak");
  if (process.platform === "win32" && LOCALAPPDATA) return join(LOCALAPPDATA, "symbreak");
  return join(homedir(), ".cache", "symbreak");
}
