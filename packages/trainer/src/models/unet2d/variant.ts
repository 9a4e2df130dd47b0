import type { Tensor } from "@symbreak/graph";
import type { Initialiser } from "../../initialiser.ts";

/** Where a relative of diffusers' network differs from it. */
export interface Variant {
  /** Between the two layers of the time embedding: SiLU by default. */
  readonly timeActivation?: (x: Tensor) => Tensor;
  /** The same number of heads at every width, in place of `attentionHeadDim`. */
  readonly heads?: number;
  /** Whether dropout drops whole channels. */
  readonly dropChannels?: boolean;
  /** The table of the "learned" time embedding, which is then never trained. */
  readonly timeTable?: Initialiser;
}
