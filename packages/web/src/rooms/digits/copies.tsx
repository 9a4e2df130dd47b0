import { Waiting } from "../../controls/waiting.tsx";
import { type DigitCell, DigitGrid } from "../../draw/digit-grid.tsx";
import { Figure } from "../../figure/figure.tsx";
import { COPY } from "../../physics/digits.ts";
import {
  COUNT,
  type Compared,
  comparing,
  eachOf,
  lateNearest,
  network,
  noiseNearest,
  state,
  uncompared,
} from "./state.ts";
import { takeCopies } from "./take.ts";

/** Has the network made these digits, or does it remember them? Each beside the nearest that it was trained on. */
export function Copies() {
  return (
    <>
      <h2 class="second">New, or remembered?</h2>
      <p>
        Each digit beside the training image that is nearest to it, of all 60 000. A copy is much
        nearer to one training image than to the next: its d₁/d₂ is below a third.
      </p>
      {!state.copies.value && (
        <p class="buttons">
          <button
            type="button"
            disabled={network.value.is !== "ready"}
            onClick={() => {
              uncompared.value = undefined;
              state.copies.value = true;
            }}
          >
            Fetch MNIST and compare (10 MB)
          </button>
        </p>
      )}
      {uncompared.value && (
        <p class="failure" role="alert">
          {uncompared.value}
        </p>
      )}
      {comparing.value && <Waiting stage={comparing.value} />}
      {(noiseNearest.value || lateNearest.value) && (
        <Figure title="Digits and what they are nearest to" caption={<Caption />} take={takeCopies}>
          <div class="columns">
            <Pairs title="From noise" hue="a-text" compared={noiseNearest.value} />
            <Pairs title="Late" hue="b-text" compared={lateNearest.value} />
          </div>
        </Figure>
      )}
    </>
  );
}

interface PairsProps {
  readonly title: string;
  readonly hue: string;
  readonly compared: Compared | undefined;
}

function Pairs({ title, hue, compared }: PairsProps) {
  return (
    <section aria-label={`${title}: digits and nearest training images`}>
      <h3 class={hue}>{title}: made, and nearest</h3>
      <DigitGrid
        label={`${title}: each digit beside the nearest training image`}
        columns={4}
        count={COUNT}
        pictures={2}
        cells={() => cellsOf(compared)}
      />
    </section>
  );
}

function cellsOf(compared: Compared | undefined): readonly DigitCell[] {
  return (compared?.nearest ?? []).map(({ image, ratio }, n) => ({
    images: [eachOf(compared!.digits)[n]!, image],
    words: `d₁/d₂ ${ratio.toFixed(2)}`,
    striking: ratio < COPY,
  }));
}

function Caption() {
  const copies = (compared: Compared | undefined) =>
    compared?.nearest.filter(({ ratio }) => ratio < COPY).length;
  const [plain, started] = [copies(noiseNearest.value), copies(lateNearest.value)];
  return (
    <>
      {plain !== undefined && started !== undefined && (
        <>
          Copies by d₁/d₂ &lt; 1/3: <output class="number">{plain}</output> of {COUNT} from noise,{" "}
          <output class="number">{started}</output> late.{" "}
        </>
      )}
      d₁ is the distance to the nearest training image, d₂ to the second nearest.
    </>
  );
}
