import { once } from "node:events";
import { grouped } from "../options.ts";
import { integer } from "../parse.ts";
import { defineVerb, type Verb } from "../verb.ts";

/** `ssb lab` */
export const lab: Verb = defineVerb({
  args: {
    ...grouped("Server", {
      port: { type: "string", default: "0", description: "The port (default any that is free)." },
    }),
  },
  examples: ["ssb lab", "ssb lab --port 8080"],
  run: async ({ port, json }) => {
    const wanted = integer("--port", port, 0);
    const { serveLab } = await import("@symbreak/web/serve").catch((cause: unknown) => {
      throw new Error("the lab is not installed: npm install @symbreak/web", { cause });
    });
    const { url, port: found, close } = await serveLab({ port: wanted });
    const said = json ? JSON.stringify({ kind: "lab", url, port: found }) : `The lab: ${url}`;
    process.stdout.write(`${said}\n`);
    // It is there until it is interrupted.
    await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
    await close();
    return undefined;
  },
});
