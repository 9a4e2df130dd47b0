import { checkSpec } from "../check-spec.ts";
import { invalid } from "../invalid.ts";
import { type DiscreteScheduleOptions, discreteSchedule } from "../schedule/discrete-schedule.ts";
import { respace } from "../schedule/respace.ts";
import { type CosineOptions, cosine } from "./cosine.ts";
import { type EdmOptions, edm } from "./edm.ts";
import { type FlowOptions, flow } from "./flow.ts";
import type { ForwardProcess, ProcessSpec } from "./forward-process.ts";
import type { VpOptions } from "./linear-rate.ts";
import { type OuOptions, ou } from "./ou.ts";
import { scaledTime } from "./scaled-time.ts";
import { type ScalesOptions, scales } from "./scales.ts";
import { subVp } from "./sub-vp.ts";
import { type GammaSpec, gammaOf, vdm } from "./vdm.ts";
import { type VeOptions, ve } from "./ve.ts";
import { vp } from "./vp.ts";

/** Every process by the name in its spec. To add one: its file, and its line here. */
export const PROCESSES: Readonly<Record<string, (settings: never) => ForwardProcess>> = {
  discrete: ({ timesteps, ...chain }: DiscreteScheduleOptions & { timesteps?: number[] }) =>
    timesteps === undefined ? discreteSchedule(chain) : respace(discreteSchedule(chain), timesteps),
  vp: (settings: VpOptions) => vp(settings),
  subVp: (settings: VpOptions) => subVp(settings),
  ve: (settings: VeOptions) => ve(settings),
  ou: (settings: OuOptions) => ou(settings),
  vdm: ({ gamma }: { readonly gamma?: GammaSpec }) => vdm(gamma && gammaOf(gamma)),
  cosine: (settings: CosineOptions) => cosine(settings),
  edm: (settings: EdmOptions) => edm(settings),
  flow: (settings: FlowOptions) => flow(settings),
  scales: (settings: ScalesOptions) => scales(settings),
  scaledTime: ({ process, factor }: { readonly process: ProcessSpec; readonly factor: number }) =>
    scaledTime(processOf(process), factor),
};

/**
 * The process of a spec, as `process.spec` or a file has it.
 *
 * @example processOf({ name: "vp", betaMax: 20 })
 * @throws RangeError on an unknown name, an unknown setting or an impossible value
 */
export function processOf(spec: ProcessSpec): ForwardProcess {
  checkSpec("processOf", spec);
  const { name, ...settings } = spec;
  if (!Object.hasOwn(PROCESSES, name))
    throw invalid("processOf", `name must be one of ${Object.keys(PROCESSES).join(", ")}`, name);
  const make = PROCESSES[name] as (settings: object) => ForwardProcess;
  return make(settings);
}
