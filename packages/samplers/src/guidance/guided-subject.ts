import { checkUnits, invalid } from "@symbreak/core";
import type { Condition } from "../condition.ts";
import type { Denoiser } from "../denoiser.ts";
import type { Network } from "../network.ts";
import { type Subject, type SubjectOptions, subjectOf } from "../subject.ts";
import type { Guidance } from "./guidance.ts";
import { guided } from "./guided.ts";

/** What a guided run is of. */
interface GuidedOptions extends SubjectOptions {
  readonly condition?: Condition | undefined;
  readonly guidance?: Guidance | null | undefined;
  readonly weak?: Network | undefined;
}

/** The subject of a run, guided where the run asks for it; errors are named after `where`. */
export function guidedSubject(where: string, options: GuidedOptions): Subject {
  const subject = subjectOf(where, options);
  const { network, weak, condition } = options;
  const guidance = options.guidance ?? undefined;
  if (guidance === undefined) {
    if (weak !== undefined) throw invalid(where, "weak must come with guidance", weak.name);
    return subject;
  }
  if (network === undefined || options.denoiser !== undefined)
    throw invalid(
      where,
      "guidance needs a network and no denoiser; guide a denoiser of your own by guided()",
      subject.denoiser.predicts,
    );
  if (weak === undefined && condition === undefined)
    throw invalid(where, "guidance needs a condition to lead to, or a weak network", guidance);
  const of = weak === undefined ? network : led(where, network, weak);
  return { ...subject, denoiser: guided(of, guidance) };
}

/** Autoguidance: the network, and the weaker one that was trained for the same. */
function led(
  where: string,
  network: Network,
  weak: Network,
): { readonly conditional: Denoiser; readonly reference: Denoiser } {
  checkUnits(where, "the weak network", weak.units, network.units);
  const [own, other] = [network, weak].map(({ process }) => JSON.stringify(process.spec));
  if (own !== other)
    throw invalid(where, `the weak network must have the network's process ${own}`, other);
  if (network.classes?.count !== weak.classes?.count)
    throw invalid(
      where,
      `the weak network must know the network's ${network.classes?.count ?? 0} classes`,
      weak.classes?.count ?? 0,
    );
  return { conditional: network.denoiser, reference: weak.denoiser };
}
