import * as figures from "@symbreak/figures";
import { equal } from "./assert.mjs";

equal(typeof figures.spectrum, "function");
console.log(`${Object.keys(figures).length} exports`);
