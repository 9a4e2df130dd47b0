import { describe, loadMnist, select } from "@symbreak/datasets";
import { equal } from "./assert.mjs";

const set = select(await loadMnist({ split: "test" }), { classes: [1, 8] });
equal(set.count, 1135 + 974);
console.log(describe(set));
