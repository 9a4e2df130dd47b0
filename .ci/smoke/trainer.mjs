import * as trainer from "@symbreak/trainer";
import * as node from "@symbreak/trainer/node";
import { equal } from "./assert.mjs";

equal(typeof trainer.unet2d, "function");
console.log(`${Object.keys(trainer).length} + ${Object.keys(node).length} exports`);
