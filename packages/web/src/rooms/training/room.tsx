import { computed } from "@preact/signals";
import { Choice } from "../../controls/choice.tsx";
import { FileButton, useDrops } from "../../controls/files.tsx";
import { Slider } from "../../controls/slider.tsx";
import { Waiting } from "../../controls/waiting.tsx";
import { PlaneThumbnail } from "../../draw/plane-thumbnail.tsx";
import { Figure } from "../../figure/figure.tsx";
import { PLANE_LAWS } from "../../physics/plane-laws.ts";
import { useMarks } from "../../state/use-marks.ts";
import { Caption } from "./caption.tsx";
import { LossChart } from "./loss-chart.tsx";
import { Plane } from "./plane.tsx";
import {
  before,
  COUNTS,
  critical,
  enough,
  learned,
  local,
  losses,
  picture,
  second,
  state,
  stop,
  takeFiles,
  told,
  train,
  training,
  trainSecond,
  whole,
} from "./state.ts";
import { take } from "./take.ts";

const made = computed(() => picture.value?.samples);
const madeBefore = computed(() => before.value?.samples);
const copied = computed(() => whole.made.value?.samples);
const mixed = computed(() => local.made.value?.samples);

const LAWS = [
  ...Object.entries(PLANE_LAWS).map(([value, { label, law }]) => ({
    value,
    label,
    picture: <PlaneThumbnail law={law} />,
  })),
  { value: "own", label: "Yours" },
];

/** Room 5: data, network and training, all the reader's own. */
export function TrainingRoom() {
  useMarks(critical);
  useDrops(takeFiles);
  return (
    <>
      <header>
        <h2>Draw your data, train a network</h2>
        <p>
          <strong>Draw some points</strong>, or take a shape, and train a small network on them here
          and now. Does it learn the shape, or only the points? Beside it are two machines that need
          no training. One knows every point by heart and can only <em>copy</em>. The other sees one
          coordinate at a time, as an image network sees one patch, and <em>mixes</em>: the x of one
          point, the y of another.
        </p>
        <Buttons />
      </header>
      <div class="bench">
        <Figure title="A network in training, and two machines" caption={<Caption />} take={take}>
          <div class="columns three">
            <section aria-label="The network">
              <h3 class="b-text">The network{after()}</h3>
              <Plane
                label="Training points, the network's score field and its samples"
                samples={made}
                before={madeBefore}
                field={learned}
                hue="b"
                pen
              />
            </section>
            <section aria-label="The exact score">
              <h3 class="a-text">The exact score: copies</h3>
              <Plane
                label="Training points, their exact score field and its samples"
                samples={copied}
                field={whole.guesses}
                hue="a"
              />
            </section>
            <section aria-label="The local machine">
              <h3 class="d-text">A local machine: a mosaic</h3>
              <Plane
                label="Training points, the field of a machine that sees one coordinate at a time, and its samples"
                samples={mixed}
                field={local.guesses}
                hue="d"
              />
            </section>
          </div>
          <LossChart />
        </Figure>
        <div class="controls">
          <Choice label="The points" value={state.law} options={LAWS} />
          {state.law.value !== "own" ? (
            <Slider
              label="How many"
              value={state.size}
              min={0}
              max={COUNTS.length - 1}
              step={1}
              format={(i) => String(COUNTS[i])}
              hint="Few are learned by heart; of many the shape is learned"
            />
          ) : (
            <p class="buttons">
              <button
                type="button"
                onClick={() => {
                  state.own.value = [];
                }}
              >
                Wipe the points
              </button>
            </p>
          )}
          <FileButton label="Points from a file" take={takeFiles} />
          <Slider label="Training steps" value={state.steps} min={250} max={8000} step={250} />
          <Slider label="Units in a layer" value={state.width} min={16} max={128} step={16} />
          <Slider label="Seed" value={state.seed} min={1} max={50} step={1} />
        </div>
      </div>
    </>
  );
}

function after(): string {
  const last = losses.value.at(-1);
  return last === undefined ? ", untrained" : ` after ${last.step} steps`;
}

function Buttons() {
  const now = training.value;
  const busy = now.is === "starting" || now.is === "running";
  return (
    <div>
      <p class="buttons">
        <button type="button" class="main" disabled={!enough.value} onClick={busy ? stop : train}>
          {busy ? "Stop" : now.is === "idle" ? "Train" : "Train again"}
        </button>
        {second.value && (
          <button
            type="button"
            title="On other points of the same shape; then both draw from the same noise"
            onClick={trainSecond}
          >
            Train a second one, on other points
          </button>
        )}
      </p>
      {now.is === "starting" && <Waiting stage={now.stage} />}
      {now.is === "failed" && (
        <p class="failure" role="alert">
          Training failed: {now.reason}
        </p>
      )}
      {told.value && (
        <p
          class={told.value.wrong ? "failure" : "waiting"}
          role={told.value.wrong ? "alert" : "status"}
        >
          {told.value.words}
        </p>
      )}
      {!enough.value && <p class="waiting">Draw at least two points on the left.</p>}
    </div>
  );
}
