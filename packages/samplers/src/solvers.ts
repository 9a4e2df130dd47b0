import { checkSpec, invalid, type Spec } from "@symbreak/core";
import { annealedLangevin } from "./sde/annealed-langevin.ts";
import { predictorCorrector } from "./sde/predictor-corrector.ts";
import { probabilityFlow } from "./sde/probability-flow.ts";
import type { Solver } from "./solver.ts";
import { consistency } from "./solvers/consistency.ts";
import { ddim } from "./solvers/ddim.ts";
import { ddpm } from "./solvers/ddpm.ts";
import { deis } from "./solvers/deis.ts";
import { dpmMultistep } from "./solvers/dpm-multistep.ts";
import { dpmSinglestep } from "./solvers/dpm-singlestep.ts";
import { edmStochastic } from "./solvers/edm-stochastic.ts";
import { euler } from "./solvers/euler.ts";
import { eulerAncestral } from "./solvers/euler-ancestral.ts";
import { fPndm } from "./solvers/f-pndm.ts";
import { heun } from "./solvers/heun.ts";
import { ipndm } from "./solvers/ipndm.ts";
import { kdpm2 } from "./solvers/kdpm2.ts";
import { kdpm2Ancestral } from "./solvers/kdpm2-ancestral.ts";
import { lms } from "./solvers/lms.ts";
import { pndm } from "./solvers/pndm.ts";
import { uniPc } from "./solvers/uni-pc.ts";

/** What is known of a solver whatever its settings. */
export interface SolverEntry {
  /** For tables and menus. */
  readonly title: string;
  readonly paper: string;
  /** Order of convergence with its default settings; null for stochastic and adaptive solvers. */
  readonly order: number | null;
  /** Set for a solver of distilled networks: of an ordinary denoiser, which answers with a mean, it is none. */
  readonly distilled?: true;
  /** The configured solver; unknown settings are errors. */
  readonly make: (settings: never) => Solver;
}

/** Every solver by its name: the one table that verbs, pages and protocols read. To add one: its file, and its line here. */
export const SOLVERS: Readonly<Record<string, SolverEntry>> = {
  ddim: { title: "DDIM", paper: "Song, Meng & Ermon 2021", order: 1, make: ddim },
  ddpm: { title: "DDPM", paper: "Ho, Jain & Abbeel 2020", order: null, make: ddpm },
  pndm: { title: "PNDM", paper: "Liu et al. 2022", order: 2, make: pndm },
  fPndm: {
    title: "PNDM of the late-start paper",
    paper: "Raya & Ambrogioni 2023",
    order: null,
    make: fPndm,
  },
  ipndm: { title: "iPNDM", paper: "Zhang & Chen 2023", order: 2, make: ipndm },
  euler: { title: "Euler", paper: "Karras et al. 2022", order: 1, make: euler },
  heun: { title: "Heun", paper: "Karras et al. 2022", order: 2, make: heun },
  edmStochastic: {
    title: "EDM stochastic",
    paper: "Karras et al. 2022",
    order: null,
    make: edmStochastic,
  },
  eulerAncestral: {
    title: "Euler ancestral",
    paper: "Crowson 2022, k-diffusion",
    order: null,
    make: eulerAncestral,
  },
  kdpm2: { title: "DPM2", paper: "Karras et al. 2022", order: 2, make: kdpm2 },
  kdpm2Ancestral: {
    title: "DPM2 ancestral",
    paper: "Crowson 2022, k-diffusion",
    order: null,
    make: kdpm2Ancestral,
  },
  lms: { title: "LMS", paper: "Crowson 2022, k-diffusion", order: 4, make: lms },
  deis: { title: "DEIS", paper: "Zhang & Chen 2023", order: 2, make: deis },
  dpmMultistep: {
    title: "DPM-Solver++ multistep",
    paper: "Lu et al. 2022",
    order: 2,
    make: dpmMultistep,
  },
  dpmSinglestep: {
    title: "DPM-Solver++ singlestep",
    paper: "Lu et al. 2022",
    order: 2,
    make: dpmSinglestep,
  },
  uniPc: { title: "UniPC", paper: "Zhao et al. 2023", order: 3, make: uniPc },
  consistency: {
    title: "Consistency",
    paper: "Song et al. 2023",
    order: null,
    distilled: true,
    make: consistency,
  },
  probabilityFlow: {
    title: "Probability flow, adaptive",
    paper: "Song et al. 2021",
    order: null,
    make: probabilityFlow,
  },
  predictorCorrector: {
    title: "Predictor–corrector",
    paper: "Song et al. 2021",
    order: null,
    make: predictorCorrector,
  },
  annealedLangevin: {
    title: "Annealed Langevin",
    paper: "Song & Ermon 2019",
    order: null,
    make: annealedLangevin,
  },
};

/** A solver as plain JSON. */
export type SolverSpec = Spec;

/**
 * The configured solver of a name and its settings, as a protocol has them.
 *
 * @example solverOf({ name: "ddim", settings: { eta: 1 } })
 */
export function solverOf(spec: SolverSpec): Solver {
  checkSpec("solverOf", spec);
  const { name, settings = {} } = spec;
  const entry = Object.hasOwn(SOLVERS, name) ? SOLVERS[name] : undefined;
  if (entry === undefined)
    throw invalid("solverOf", `name must be one of ${Object.keys(SOLVERS).join(", ")}`, name);
  return (entry.make as (settings: object) => Solver)(settings);
}
