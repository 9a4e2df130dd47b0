import {
  checkData,
  checkKeys,
  invalid,
  type Multiply,
  ou,
  philoxNoise,
  rowsInUnits,
  simdMultiply,
  sizeOf,
} from "@symbreak/core";
import { type ClassEvidence, evidenceTimes } from "./class-evidence.ts";
import { classRows, type Labelled } from "./labelled.ts";

/** What {@link empiricalEvidence} needs. */
export interface EmpiricalEvidenceOptions {
  /** The images that stand for the law of each class. */
  readonly training: Labelled;
  /** Images of the same classes that are none of those: noised to each time, each with one draw of noise. */
  readonly heldOut: Labelled;
  readonly ouTimes: readonly number[];
  /** Of the noise. Default 0. */
  readonly seed?: number;
  /** For the large products. Default double precision by WebAssembly. */
  readonly multiply?: Multiply;
}

/** Training images in one product. */
const BLOCK = 1024;

/** A weight below e^−40 of the largest changes no digit that counts. */
const NEGLIGIBLE = 40;

/**
 * The evidence of the exact empirical mixture: p(class, x_t) ∝ Σ over its training images of N(x_t; alpha a, sigma² I).
 *
 * x_t·a = alpha x0·a + sigma ε·a, so that two products with the training images serve all times. Near the data the
 * posterior of a finite set is too sure of itself (below an OU time of about 0.6 for 10,000 digits).
 */
export async function empiricalEvidence(options: EmpiricalEvidenceOptions): Promise<ClassEvidence> {
  const where = "empiricalEvidence";
  checkKeys(where, options, ["training", "heldOut", "ouTimes", "seed", "multiply"]);
  const { training, heldOut, seed = 0, multiply = simdMultiply } = options;
  const { classes, rows } = classRows(where, training);
  const count = checkData(where, heldOut);
  const total = checkData(where, training);
  const [size, other] = [sizeOf(training.shape), sizeOf(heldOut.shape)];
  if (other !== size) throw invalid(where, `heldOut must have samples of ${size} numbers`, other);
  const labels = Array.from(heldOut.labels);
  const stranger = labels.find((label) => !classes.includes(label));
  if (labels.length !== count || stranger !== undefined)
    throw invalid(
      where,
      "heldOut.labels must be a class of the training images for each sample",
      stranger ?? labels.length,
    );
  const times = evidenceTimes(where, options.ouTimes);

  const clean = rowsInUnits(where, heldOut, 0, count);
  const noise = new Float64Array(clean.length);
  philoxNoise(seed)(noise, size, 0);
  const both = new Float64Array(2 * clean.length);
  both.set(clean);
  both.set(noise, clean.length);
  const levels = times.map((time) => ou().level(time));
  const sums = times.map(() => logSums(count * classes.length));
  const classOf = new Int32Array(total);
  rows.forEach((members, k) => {
    for (const n of members) classOf[n] = k;
  });
  for (let first = 0; first < total; first += BLOCK) {
    const width = Math.min(BLOCK, total - first);
    const block = rowsInUnits(where, training, first, first + width);
    const shape = { rows: 2 * count, inner: size, columns: width, transposeB: true };
    const products = await multiply(both, block, shape);
    const lengths = squares(block, size);
    for (const [t, { alpha, sigma }] of levels.entries()) {
      const { add } = sums[t]!;
      const [ratio, square] = [alpha / sigma, (alpha / sigma) ** 2];
      for (let n = 0; n < count; n++) {
        const [signal, drawn] = [n * width, (count + n) * width];
        for (let j = 0; j < width; j++) {
          // −|x − alpha a|²/2 sigma² without |x|², the same for all a.
          const log =
            square * (products[signal + j]! - 0.5 * lengths[j]!) + ratio * products[drawn + j]!;
          add(n * classes.length + classOf[first + j]!, log);
        }
      }
    }
  }
  return {
    kind: "classEvidence",
    classes,
    labels,
    weights: rows.map((members) => members.length / total),
    at: times.map((ouTime, t) => ({ ouTime, logs: sums[t]!.values() })),
    seed,
  };
}

/** Running ln Σ exp in many cells. */
function logSums(cells: number): {
  add: (cell: number, log: number) => void;
  values: () => Float64Array;
} {
  const largest = new Float64Array(cells).fill(-Infinity);
  const sums = new Float64Array(cells);
  return {
    add(cell, log) {
      const above = log - largest[cell]!;
      if (above > 0) {
        sums[cell] = sums[cell]! * Math.exp(-above) + 1;
        largest[cell] = log;
      } else if (above > -NEGLIGIBLE) sums[cell]! += Math.exp(above);
    },
    values: () => largest.map((log, cell) => log + Math.log(sums[cell]!)),
  };
}

function squares(rows: Float64Array, size: number): Float64Array {
  const out = new Float64Array(rows.length / size);
  for (let i = 0; i < rows.length; i++) out[Math.floor(i / size)]! += rows[i]! * rows[i]!;
  return out;
}
