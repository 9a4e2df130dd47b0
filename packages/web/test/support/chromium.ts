import { existsSync } from "node:fs";

/** Where systems keep a Chromium; SYMBREAK_CHROMIUM names another. */
const PLACES = [
  process.env.SYMBREAK_CHROMIUM ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];

/** The Chromium of this machine, if there is one. */
export const chromium: string | undefined = PLACES.find((path) => path !== "" && existsSync(path));
