import { batch, computed } from "@preact/signals";
import { Choice } from "../../controls/choice.tsx";
import { Select } from "../../controls/select.tsx";
import { Slider } from "../../controls/slider.tsx";
import { PlaneThumbnail } from "../../draw/plane-thumbnail.tsx";
import { Figure } from "../../figure/figure.tsx";
import { TOP } from "../../physics/chain.ts";
import { GRID_NAMES, STEPPED } from "../../physics/few-steps.ts";
import { PLANE_LAWS } from "../../physics/plane-laws.ts";
import { useMarks } from "../../state/use-marks.ts";
import { Cloud } from "./cloud.tsx";
import { DistanceChart } from "./distance-chart.tsx";
import { GridEditor } from "./grid-editor.tsx";
import {
  automatic,
  critical,
  floor,
  late,
  law,
  noise,
  noiseLevels,
  start,
  state,
} from "./state.ts";
import { take } from "./take.ts";

const noiseWalk = computed(() => noise.value?.walk);
const lateWalk = computed(() => late.value?.walk);

const LAWS = Object.entries(PLANE_LAWS).map(([value, { label, law }]) => ({
  value,
  label,
  picture: <PlaneThumbnail law={law} />,
}));

const GRIDS = Object.fromEntries(
  GRID_NAMES.map((name) => [name, name === "own" ? "your own" : name]),
);

/** Room 3: what nobody decides before the split need not be walked. */
export function LateStartRoom() {
  useMarks(critical);
  return (
    <>
      <header>
        <h2>Start late</h2>
        <p>
          Each step of a sampler costs a call of a large network. Before the split nothing is
          decided, so why spend steps there? Until then the noised data are nearly a Gaussian, a
          round cloud whose middle and spread are known without any network.{" "}
          <strong>Draw from that cloud</strong> and spend every step where choices are made. Both
          sides make the same number of calls, from the same seeds.
        </p>
      </header>
      <div class="bench">
        <Figure title="From noise and from a late start" caption={<Caption />} take={take}>
          <div class="columns">
            <section aria-label="From noise">
              <h3 class="a-text">From noise: {figures(noise.value)}</h3>
              <Cloud label="Samples started from noise" law={law} walk={noiseWalk} hue="a" />
            </section>
            <section aria-label="From a late start">
              <h3 class="b-text">
                Late, from step {start.value}: {figures(late.value)}
              </h3>
              <Cloud
                label="Samples started late from a Gaussian"
                law={law}
                walk={lateWalk}
                hue="b"
              />
            </section>
          </div>
          <DistanceChart />
          <GridEditor />
        </Figure>
        <div class="controls">
          <Choice label="The data" value={state.law} options={LAWS} />
          <Slider label="Late start at step" value={state.start} min={5} max={TOP} step={1} />
          <p class="buttons wide">
            <button
              type="button"
              disabled={!automatic.value?.late}
              onClick={() => {
                state.start.value = Math.round(automatic.value!.at);
              }}
            >
              Let it choose
            </button>
          </p>
          <Slider
            label="Steps"
            value={stepsOf()}
            min={1}
            max={30}
            step={1}
            hint="The same for both sides"
          />
          <Select label="Solver" value={state.solver} options={STEPPED} />
          <Select
            label="Grid"
            value={state.grid}
            options={GRIDS}
            onChoose={(name) => {
              if (name === "own") keepAsOwn();
            }}
          />
          <Slider label="Seed" value={state.seed} min={1} max={50} step={1} />
        </div>
      </div>
    </>
  );
}

/** The number of steps; changing it leaves a grid of one's own. */
function stepsOf() {
  return {
    get value() {
      return state.steps.value;
    },
    set value(steps: number) {
      batch(() => {
        if (state.grid.value === "own") state.grid.value = "trailing";
        state.steps.value = steps;
      });
    },
  } as typeof state.steps;
}

/** Makes a grid of one's own of the grid that is there. */
function keepAsOwn(): void {
  const list = noiseLevels.peek().filter(({ sigma }) => sigma > 0);
  state.own.value = list.map(({ timestep }) => Math.round(timestep));
}

function figures(column: typeof noise.value): string {
  if (column === undefined) return "…";
  return `${column.walk.nfe} calls, distance ${column.distance.toFixed(3)}`;
}

function Caption() {
  const [from, to] = [noise.value?.distance, late.value?.distance];
  return (
    <>
      {from !== undefined && to !== undefined && floor.value !== undefined && (
        <>
          Distance from the data: <output class="number">{from.toFixed(3)}</output> from noise,{" "}
          <output class="number">{to.toFixed(3)}</output> late; two sets of exact samples are{" "}
          {floor.value.toFixed(3)} apart.{" "}
        </>
      )}
      {automatic.value &&
        `By the moments and a test of the score alone, symbreak would start ${
          automatic.value.late ? `at step ${Math.round(automatic.value.at)}` : "from noise"
        }. `}
      Distance is how far {state.count.value} samples must be moved to become the data (sliced
      Wasserstein); no network here, the score is exact. Drag the line in the chart, or the steps of
      the grid.
    </>
  );
}
