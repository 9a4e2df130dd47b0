import { networkNotes, notesOfScheduler } from "@symbreak/networks";
import { equal } from "./assert.mjs";

const notes = notesOfScheduler(
  { _class_name: "DDIMScheduler", beta_schedule: "scaled_linear", prediction_type: "v_prediction" },
  { shape: [3, 64, 64] },
);
equal(notes.prediction, "v");
equal(networkNotes("the notes", JSON.parse(JSON.stringify(notes))).process.kind, "scaledLinear");
let message = "";
try {
  notesOfScheduler({ _class_name: "NoSuchScheduler" }, { shape: [1] });
} catch (error) {
  message = error.message;
}
equal(message.includes("NoSuchScheduler"), true);
console.log("a pipeline's scheduler says what its network predicts, of which process");
