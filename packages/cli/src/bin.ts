#!/usr/bin/env node
import { main } from "./main.ts";

// A reader that closes early (`ssb data list | head -1`) is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? 0 : 1);
});

process.exitCode = await main(process.argv.slice(2));
