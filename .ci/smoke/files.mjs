import { readFile, rm } from "node:fs/promises";
import { folderStore, lockDirectory, readJson, writeAtomically } from "@symbreak/files";
import { equal } from "./assert.mjs";

await writeAtomically("run/result.json", '{"steps":10}\n');
equal((await readJson("run/result.json")).steps, 10);
const lock = await lockDirectory("run");
equal(await lockDirectory("run").catch(({ message }) => message.includes("is in use by")), true);
await lock.release();
await folderStore("run/cells", console.warn).set({ b: 1, a: 2 }, 0.1);
equal(await folderStore("run/cells", console.warn).get({ a: 2, b: 1 }), 0.1);
equal(await readFile("run/.lock").catch(({ code }) => code), "ENOENT");
await rm("run", { recursive: true });
console.log("a file written whole, a lock, a store");
