import { useEffect } from "preact/hooks";
import { Choice } from "../../controls/choice.tsx";
import { Slider } from "../../controls/slider.tsx";
import { Waiting } from "../../controls/waiting.tsx";
import { type DigitCell, DigitGrid } from "../../draw/digit-grid.tsx";
import { Figure } from "../../figure/figure.tsx";
import { TOP } from "../../physics/chain.ts";
import { at } from "../../state/cursor.ts";
import { useMarks } from "../../state/use-marks.ts";
import { Copies } from "./copies.tsx";
import { DrawPad } from "./draw-pad.tsx";
import {
  COUNT,
  type Column,
  critical,
  imagesAt,
  late,
  lateRequest,
  network,
  noise,
  RETURNS,
  returned,
  state,
  sureOf,
  turnRequest,
  wake,
} from "./state.ts";
import { takeDigits, takeTurn } from "./take.ts";

const VIEWS = [
  { value: "guess", label: "its guess" },
  { value: "state", label: "what it is shown" },
];

/** Room 4: the same with a real network, running in the reader's browser. */
export function DigitsRoom() {
  useMarks(critical);
  useEffect(() => void wake(), []);
  return (
    <>
      <header>
        <h2>Digits</h2>
        <p>
          No formula now: a trained network of a million weights, running in your browser. It turns
          noise into handwritten digits in a few steps. Of the two sets the second{" "}
          <strong>starts late</strong>: not from noise, but from blurred blobs that have the mean
          and the spread of real digits. Below each digit another network says what it reads; where
          it is unsure the words are <span class="b-text">orange</span>.
        </p>
      </header>
      <Status />
      <div class="bench">
        <Figure title="Sixteen digits, from noise and late" caption={<Caption />} take={takeDigits}>
          <div class="columns">
            <section aria-label="From noise">
              <h3 class="a-text">From noise{said(noise.value)}</h3>
              <DigitGrid
                label="Digits made from noise"
                columns={4}
                count={COUNT}
                cells={() => cellsOf(imagesAt(noise.value, at.value, state.view.value))}
              />
            </section>
            <section aria-label="From a late start">
              <h3 class="b-text">
                Late, from step {lateRequest.value.from}
                {said(late.value)}
              </h3>
              <DigitGrid
                label="Digits made from a late start"
                columns={4}
                count={COUNT}
                cells={() => cellsOf(imagesAt(late.value, at.value, state.view.value))}
              />
            </section>
          </div>
        </Figure>
        <div class="controls">
          <Slider label="Steps, both sides" value={state.steps} min={1} max={20} step={1} />
          <Slider label="Late start at step" value={state.start} min={50} max={TOP} step={10} />
          <Slider label="Seed" value={state.seed} min={1} max={50} step={1} />
          <Choice label="On the way, show" value={state.view} options={VIEWS} />
        </div>
      </div>
      <h2 class="second">Your own digit, there and back</h2>
      <p>
        Draw a digit. It is noised up to a step of your choice and comes back eight times, each with
        noise of its own. From close by it stays yours; from far away it is anybody's.
      </p>
      <Figure title="A digit's U-turns" caption={<TurnCaption />} take={takeTurn}>
        <div class="columns turn">
          <section aria-label="Your digit">
            <h3>Draw here</h3>
            <DrawPad />
          </section>
          <section aria-label="What came back">
            <h3>What comes back from step {turnRequest.value.from}</h3>
            <div class="narrow">
              <Slider label="Turn at step" value={state.turn} min={1} max={TOP} step={1} />
            </div>
            <DigitGrid
              label="The digit's returns"
              columns={4}
              count={RETURNS}
              cells={() => cellsOf(imagesAt(returned.value, -1, "guess"))}
            />
          </section>
        </div>
      </Figure>
      <Copies />
    </>
  );
}

function cellsOf(found: ReturnType<typeof imagesAt>): readonly DigitCell[] {
  return (found?.images ?? []).map((image, n) => {
    const { label, confidence } = found!.judgements[n]!;
    const striking = confidence <= 0.95;
    const words = striking ? `${label}? ${Math.round(100 * confidence)} %` : `${label}`;
    return { images: [image], words, striking };
  });
}

function said(column: Column | undefined): string {
  const last = column?.steps.at(-1);
  return last === undefined ? "" : `: ${last.nfe} calls`;
}

/** How far the network is, and what may be done where it does not come. */
function Status() {
  const now = network.value;
  if (now.is === "ready") return null;
  if (now.is === "failed")
    return (
      <p class="failure" role="alert">
        The network did not come: {now.reason}{" "}
        <button type="button" onClick={wake}>
          Try again
        </button>
      </p>
    );
  const stage = now.is === "coming" ? now.stage : { words: "starting" };
  return <Waiting stage={stage} note="Once here it stays, also without a connection." />;
}

function Caption() {
  const [plain, started] = [sureOf(noise.value), sureOf(late.value)];
  const took = late.value?.took;
  return (
    <>
      {plain !== undefined && started !== undefined && (
        <>
          The judge is sure (95 %) of <output class="number">{plain}</output> of {COUNT} from noise
          and of <output class="number">{started}</output> late, at equal calls and the same seeds.{" "}
        </>
      )}
      {took !== undefined && network.value.is === "ready" && (
        <>
          The right side took {(took / 1000).toFixed(1)} s on{" "}
          {threadsInWords(network.value.threads, network.value.isolated)}.{" "}
        </>
      )}
      Network zoo:mnist, solver DDIM. Drag the time to see the guesses on the way.
    </>
  );
}

function threadsInWords(threads: number, isolated: boolean): string {
  if (!isolated)
    return "one thread: this page is not cross-origin isolated, so more are not allowed";
  return threads === 1 ? "one thread" : `${threads} threads`;
}

function TurnCaption() {
  const last = returned.value?.steps.at(-1);
  if (last === undefined) return <>Nothing has been sent out yet.</>;
  const own = last.judgements.map(({ label }) => label).join(", ");
  return (
    <>
      From step {returned.value!.request.from} the judge reads: <output>{own}</output>.
    </>
  );
}
