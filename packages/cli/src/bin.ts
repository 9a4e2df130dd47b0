#!/usr/bin/env node
import { main } from "./main.ts";

for (const stream of [process.stdout, process.stderr])
  stream.on("error", ({ code }: NodeJS.ErrnoException) => {
    // A reader that closes early (`ssb data list | head -1`), or a terminal that does (EIO). What saves before it ends listens
    // for hang-ups; of the rest nothing is lost, and only without results has it failed.
    const gone = code === "EPIPE" || code === "EIO";
    if (gone && process.emit("SIGHUP", "SIGHUP")) return;
    process.exit(gone && stream === process.stdout ? 0 : 1);
  });

process.exitCode = await main(process.argv.slice(2));
