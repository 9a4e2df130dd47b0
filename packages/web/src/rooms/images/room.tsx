import { FileButton, useDrops } from "../../controls/files.tsx";
import { Select } from "../../controls/select.tsx";
import { Waiting } from "../../controls/waiting.tsx";
import { Figure } from "../../figure/figure.tsx";
import { at } from "../../state/cursor.ts";
import { useMarks } from "../../state/use-marks.ts";
import { ClassTree } from "./class-tree.tsx";
import { LossChart } from "./loss-chart.tsx";
import { ModeGallery } from "./mode-gallery.tsx";
import { SpectrumChart } from "./spectrum-chart.tsx";
import {
  analysis,
  busy,
  classes,
  critical,
  curves,
  failure,
  files,
  network,
  notes,
  starts,
  state,
  takeFiles,
  unitsOfNetwork,
  warnings,
} from "./state.ts";
import { take, takeClasses, takeLoss } from "./take.ts";

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
  useMarks(critical);
  useDrops(takeFiles);
  const own = files.value !== undefined;
  return (
    <>
      <header>
        <h2>Your own images</h2>
        <p>
          <strong>Drop images here</strong>: pictures, a folder with a subfolder a class, .npy,
          .npz, Parquet, idx; with them a network of yours as .onnx. When would a diffusion model of
          them decide what? Each direction in which they differ rises above the noise at a step of
          its own, the largest first. Nothing leaves your machine.
        </p>
      </header>
      <div class="bench">
        <div>
          {failure.value && (
            <p class="failure" role="alert">
              {failure.value}
            </p>
          )}
          {[...notes.value, ...warnings.value].map((text) => (
            <p key={text} class="note-box">
              {text}
            </p>
          ))}
          {busy.value && <Waiting stage={busy.value} />}
          {analysis.value && (
            <Figure title="What is decided, and when" caption={<Caption />} take={take}>
              <h3>The average image, and in which order its variations are decided</h3>
              <ModeGallery analysis={analysis.value} />
              <SpectrumChart analysis={analysis.value} />
            </Figure>
          )}
        </div>
        <div class="controls">
          <FileButton label="Choose files" take={takeFiles} />
          <FileButton label="Choose a folder" take={takeFiles} folder />
          {own && (
            <>
              <Select label="Size" value={state.side} options={SIDES} />
              {unitsOfNetwork.value === null ? (
                <Select label="Units of the model" value={state.units} options={UNITS} />
              ) : (
                <p>Units of the network: {unitsOfNetwork.value}.</p>
              )}
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
          {!own && !state.mnist.value && (
            <p class="buttons">
              <button
                type="button"
                title="Fetches MNIST's images, 10 MB, and the network of the digits' room, 6 MB compressed"
                onClick={() => {
                  state.mnist.value = true;
                }}
              >
                All of the example: classes, and a network (16 MB)
              </button>
            </p>
          )}
        </div>
      </div>
      {classes.value && analysis.value && (
        <>
          <h2 class="second">When the classes part</h2>
          <Figure title="When the classes part" caption={<ClassCaption />} take={takeClasses}>
            <ClassTree times={classes.value} shape={analysis.value.shape} />
          </Figure>
        </>
      )}
      {curves.value.length > 0 && (
        <>
          <h2 class="second">What a denoiser cannot know, and where to start</h2>
          <Figure title="Loss by noise level" caption={<LossCaption />} take={takeLoss}>
            <LossChart curves={curves.value} />
            <Starts />
          </Figure>
        </>
      )}
    </>
  );
}

function Caption() {
  const { name, count, shape, lambda, modes, speciation, collapse } = analysis.value!;
  const decided = modes.filter(({ timestep }) => timestep !== null && at.value <= timestep).length;
  const deciding = modes.filter(({ timestep }) => timestep !== null).length;
  return (
    <>
      {name}: {count} images of {shape.join(" × ")}. Λ, the variance along the first direction, is{" "}
      <output class="number">{lambda.toFixed(2)}</output>, so{" "}
      {speciation.ouTime === null ? (
        "nothing rises above the noise. "
      ) : (
        <>
          the first choice is made at t<sub>S</sub> = ½ ln Λ ={" "}
          <output class="number">{speciation.ouTime.toFixed(3)}</output> (step{" "}
          {Math.round(speciation.timestep ?? 0)}).{" "}
        </>
      )}
      Below t<sub>C</sub> = <output class="number">{collapse.ouTime.toFixed(3)}</output> the exact
      score of these images would only copy them. At the cursor {decided} of {deciding} directions
      are decided.
    </>
  );
}

function ClassCaption() {
  const { pairs, names, classes: labels, topModeBetween } = classes.value!;
  const known = pairs.filter(({ exact }) => exact !== null);
  const last = known.reduce<(typeof known)[number] | undefined>(
    (late, pair) => (late === undefined || pair.exact!.ouTime < late.exact!.ouTime ? pair : late),
    undefined,
  );
  const named = (label: number) => names[labels.indexOf(label)];
  return (
    <>
      Where two branches part, a model of these images decides between them: the choice is made when
      two continuations agree in 3 of 4 cases (φ = 0.775), by the exact posterior of the images.{" "}
      {last && (
        <>
          The pair that is decided last is {named(last.a)} and {named(last.b)}, at t ={" "}
          <output class="number">{last.exact!.ouTime.toFixed(2)}</output> (
          {last.exact!.low.toFixed(2)} to {last.exact!.high.toFixed(2)}).{" "}
        </>
      )}
      Of the first direction {Math.round(100 * topModeBetween)} % lies between the classes; the rest
      is what images of one class differ in.
    </>
  );
}

function LossCaption() {
  const report = network.value;
  return (
    <>
      Noised images are shown to each and their clean form is asked for; drawn is how much of it is
      still unknown. Where a curve lies on the Gaussian's, nothing but mean and covariance matters
      yet and a late start is free; where a network falls below it, shapes are decided. A perfect
      copier is lost on images that it has not seen. {report?.misfit && <b>{report.misfit}.</b>}
    </>
  );
}

/** Where to start with few steps. */
function Starts() {
  const found = starts.value;
  if (found === undefined) return null;
  const steps = [...new Set(found.map((start) => start.steps))];
  return (
    <table class="starts">
      <caption>
        Where to start sampling with few steps, by{" "}
        {network.value?.misfit === null ? network.value.name : "the exact score of these images"}
      </caption>
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
