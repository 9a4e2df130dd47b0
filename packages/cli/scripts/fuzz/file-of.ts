import { mutateBytes } from "./mutate-bytes.ts";
import { mutateText } from "./mutate-text.ts";
import { randomOf } from "./random.ts";
import type { Target } from "./target.ts";

/** The file of a case: attacks first, then good files, then made or mutated ones. */
export function fileOf({ forms, attacks, make }: Target, number: number, seed: number): Uint8Array {
  const good = forms.flatMap(({ seeds, frame }) => seeds.map((one) => frame?.(one) ?? one));
  if (number < attacks.length + good.length) return [...attacks, ...good][number]!;
  const random = randomOf(seed * 0x9e3779b1 + number);
  if (make !== undefined && (forms.length === 0 || random(2) === 0)) return make(random);
  const { kind, seeds, frame } = forms[random(forms.length)]!;
  // An attack may be spoilt too.
  const spoilt = frame === undefined && attacks.length > 0 && random(10) === 0;
  const list = spoilt ? attacks : seeds;
  const file = list[random(list.length)]!;
  const mutated =
    kind === "bytes"
      ? mutateBytes(file, seeds[random(seeds.length)]!, random)
      : Buffer.from(mutateText(Buffer.from(file).toString(), random));
  return frame?.(mutated) ?? mutated;
}
