import {
  type Data,
  type Grid,
  inUnits,
  isChain,
  kept,
  type NoiseLevel,
  type Store,
  type Team,
  takeSamples,
  together,
} from "@symbreak/core";
import { type Network, processPath } from "@symbreak/samplers";
import { evenLevels } from "../information/even-levels.ts";
import { informationGrid } from "../information/information-grid.ts";
import { type LossCurve, lossCurve } from "../information/loss-curve.ts";
import type { Work } from "./experiment.ts";
import { pick } from "./pick.ts";
import type { SubjectProtocol } from "./protocol.ts";

/** Levels of the curve, and clean samples noised at each. */
const LEVELS = 30;
const SAMPLES = 128;

/** What a curve is measured with. */
interface Measuring {
  readonly seed: number;
  readonly store: Store | undefined;
  readonly subject: SubjectProtocol;
  readonly work: Work;
  readonly team?: Team | undefined;
}

/** The denoising loss of a network over its whole process, from some 4000 network calls. */
export async function networkLoss(
  network: Network,
  data: Data,
  { seed, store, subject, work, team }: Measuring,
): Promise<LossCurve> {
  const protocol = { kind: "lossCurve", ...subject, levels: LEVELS, samples: SAMPLES, seed };
  const calls = LEVELS * Math.min(SAMPLES, data.count);
  work.expect(calls);
  let before = false;
  const found = () => {
    before = true;
  };
  // A few thousand calls that every shard needs.
  const curve = await kept(
    store,
    protocol,
    () =>
      lossCurve({
        denoiser: network.denoiser,
        data: inUnits(takeSamples(data, pick(data.count, SAMPLES, seed))),
        levels: curveLevels(network.process, LEVELS),
        seed,
      }),
    { team: together(team), found },
  );
  if (before) work.kept(calls);
  else work.did(calls);
  return curve;
}

/** The grid by information of a network, whose calls all go where it has something to say. */
export async function networkInformation(
  network: Network,
  data: Data,
  measuring: Measuring,
): Promise<Grid> {
  return informationGrid(await networkLoss(network, data, measuring), "rescaled", "clean");
}

/** So many levels of a process, even in log SNR, from its noisiest with signal to its cleanest with noise. */
export function curveLevels(process: Network["process"], count: number): NoiseLevel[] {
  const { tMin } = process;
  const level = (time: number) => process.level(time);
  const top = noisiestWithSignal(process);
  const bottom = level(tMin).sigma > 0 ? level(tMin) : level(process.timeAt(CLEANEST));
  return evenLevels(processPath(process), top, bottom, count);
}

/** Log SNR, nats, of levels that a process without an end is looked at up to. */
const [NOISIEST, CLEANEST] = [-10, 10];

/** The noisiest level of a process that still has signal: its top, or where its log SNR is −10. */
export function noisiestWithSignal(process: Network["process"]): NoiseLevel {
  const top = process.level(process.tMax);
  if (top.alpha > 0) return top;
  return process.level(isChain(process) ? process.tMax - 1 : process.timeAt(NOISIEST));
}
