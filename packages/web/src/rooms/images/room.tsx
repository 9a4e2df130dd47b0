import { effect } from "@preact/signals";
import { useEffect, useId } from "preact/hooks";
import { Select } from "../../controls/select.tsx";
import { Figure } from "../../figure/figure.tsx";
import { at, marks } from "../../state/cursor.ts";
import { ModeGallery } from "./mode-gallery.tsx";
import { SpectrumChart } from "./spectrum-chart.tsx";
import { analysis, busy, critical, failure, files, starts, state } from "./state.ts";
import { take } from "./take.ts";

const UNITS = { symmetric: "−1 to 1", unit: "0 to 1", zscore: "mean 0, variance 1" };
const SIDES = {
  "as they are": "as they are",
  "16": "16 × 16",
  "28": "28 × 28",
  "32": "32 × 32",
  "64": "64 × 64",
};

/** Room 6: what images of one's own decide, and when. */
export function ImagesRoom() {
  useEffect(() => {
    const stopDropping = takeDrops();
    const stopMarking = effect(() => {
      marks.value = critical.value;
    });
    return () => {
      stopDropping();
      stopMarking();
    };
  }, []);
  return (
    <>
      <header>
        <h2>Your own images</h2>
        <p>
          <strong>Drop images here</strong>: pictures, an idx file, a .npy array. When would a
          diffusion model of them decide what? Their variance knows: each direction in which they
          differ rises above the noise at a time of its own. Nothing leaves your machine.
        </p>
      </header>
      <div class="bench">
        <div>
          {failure.value && (
            <p class="failure" role="alert">
              {failure.value}
            </p>
          )}
          {busy.value && (
            <p class="waiting" role="status">
              <progress aria-label="At work" /> {busy.value} …
            </p>
          )}
          {analysis.value && (
            <Figure title="What is decided, and when" caption={<Caption />} take={take}>
              <h3>In which order</h3>
              <ModeGallery analysis={analysis.value} />
              <SpectrumChart analysis={analysis.value} />
              <Starts />
            </Figure>
          )}
        </div>
        <div class="controls">
          <FileButton label="Choose files" />
          <FileButton label="Choose a folder" folder />
          {files.value && (
            <>
              <Select label="Size" value={state.side} options={SIDES} />
              <Select label="Units of the model" value={state.units} options={UNITS} />
              <p class="buttons">
                <button
                  type="button"
                  onClick={() => {
                    files.value = undefined;
                  }}
                >
                  Back to the example
                </button>
              </p>
            </>
          )}
        </div>
      </div>
    </>
  );
}

/** Files may be dropped anywhere on the page. */
function takeDrops(): () => void {
  const over = (event: DragEvent) => event.preventDefault();
  const drop = (event: DragEvent) => {
    event.preventDefault();
    const dropped = [...(event.dataTransfer?.files ?? [])];
    if (dropped.length > 0) files.value = dropped;
  };
  document.addEventListener("dragover", over);
  document.addEventListener("drop", drop);
  return () => {
    document.removeEventListener("dragover", over);
    document.removeEventListener("drop", drop);
  };
}

function FileButton({
  label,
  folder = false,
}: {
  readonly label: string;
  readonly folder?: boolean;
}) {
  const id = useId();
  return (
    <div class="file">
      <label for={id} class="file-button">
        {label}
      </label>
      <input
        id={id}
        class="hidden"
        type="file"
        multiple
        {...(folder && { webkitdirectory: true })}
        onChange={(event) => {
          const chosen = [...(event.currentTarget.files ?? [])];
          if (chosen.length > 0) files.value = chosen;
        }}
      />
    </div>
  );
}

function Caption() {
  const { name, count, shape, lambda, modes, speciation, collapse } = analysis.value!;
  const decided = modes.filter(({ timestep }) => timestep !== null && at.value <= timestep).length;
  const deciding = modes.filter(({ timestep }) => timestep !== null).length;
  return (
    <span aria-live="polite">
      {name}: {count} images of {shape.join(" × ")}. Λ ={" "}
      <output class="number">{lambda.toFixed(2)}</output>, so{" "}
      {speciation.ouTime === null ? (
        "nothing rises above the noise. "
      ) : (
        <>
          the first choice is made at t<sub>S</sub> ={" "}
          <output class="number">{speciation.ouTime.toFixed(3)}</output> (step{" "}
          {Math.round(speciation.timestep ?? 0)}).{" "}
        </>
      )}
      Below t<sub>C</sub> = <output class="number">{collapse.ouTime.toFixed(3)}</output> the exact
      score of these images would only copy them. At the cursor {decided} of {deciding} directions
      are decided.
    </span>
  );
}

/** Where to start with few steps. */
function Starts() {
  const found = starts.value;
  if (found === undefined) return null;
  const steps = [...new Set(found.map((start) => start.steps))];
  return (
    <table class="starts">
      <caption>Where to start sampling, by the exact score of these images</caption>
      <thead>
        <tr>
          <th scope="col">solver</th>
          {steps.map((n) => (
            <th key={n} scope="col">
              {n} steps
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[...new Set(found.map(({ sampler }) => sampler))].map((sampler) => (
          <tr key={sampler}>
            <th scope="row">{sampler}</th>
            {steps.map((n) => {
              const start = found.find((each) => each.sampler === sampler && each.steps === n)!;
              return (
                <td key={n}>
                  {start.late ? "late" : "noise"} from step {Math.round(start.timestep)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
