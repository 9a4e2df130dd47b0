import { loadModel, MODEL_NAMES } from "@symbreak/zoo";
import { load } from "@symbreak/zoo/mnist";
import { equal } from "./assert.mjs";

for (const name of MODEL_NAMES) {
  const { card, weights } = await loadModel(name);
  equal((await weights()).length, card.bytes);
}
const { moments } = await load();
equal((await moments()).size, 784);
const refused = await loadModel("imagenet").catch(({ message }) => message);
equal(refused.includes("mnist-classifier"), true);
console.log(`${MODEL_NAMES.length} models: ${MODEL_NAMES.join(", ")}`);
