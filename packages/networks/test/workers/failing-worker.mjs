/** A worker that doubles "x", and fails as the model's text says: "die", "hang" or "nan", "once" or "always". */
import { existsSync, writeFileSync } from "node:fs";

process.on("disconnect", () => process.exit());
let model;

process.on("message", ({ id, open, run }) => {
  if (open !== undefined) {
    model = JSON.parse(new TextDecoder().decode(open.model));
    process.send({ id, answer: { inputNames: ["x"], outputNames: ["y"] } });
    return;
  }
  const { data, dims } = run.x;
  const first = !existsSync(model.marker);
  writeFileSync(model.marker, "");
  const fails = model.fails !== undefined && (model.always || first);
  if (fails && model.fails === "die") process.kill(process.pid, "SIGKILL");
  if (fails && model.fails === "hang") return;
  const answer = data.map((value) => (fails && model.fails === "nan" ? Number.NaN : 2 * value));
  process.send({ id, answer: { y: { data: answer, dims } } });
});
