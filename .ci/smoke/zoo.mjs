import { loadWeights, zoo } from "@symbreak/zoo";
import { equal } from "./assert.mjs";

for (const [name, { bytes }] of Object.entries(zoo)) equal((await loadWeights(name)).length, bytes);
const refused = await loadWeights("imagenet").catch(({ message }) => message);
equal(refused.includes("mnist-classifier"), true);
console.log(`${Object.keys(zoo).length} models: ${Object.keys(zoo).join(", ")}`);
