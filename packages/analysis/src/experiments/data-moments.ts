import { type Data, sizeOf } from "@symbreak/core";
import { type DataMoments, moments } from "../moments/moments.ts";

/** A full decomposition grows as the cube of the dimension: half a minute at 1,500. */
const LARGEST_FULL = 1500;
/** Eigenpairs of larger samples. */
const RANK = 128;

/** The moments of data as experiments take them: every eigenpair, or the 128 largest where that would take minutes. */
export function dataMoments(data: Data): Promise<DataMoments> {
  const large = sizeOf(data.shape) > LARGEST_FULL && data.count > LARGEST_FULL;
  return moments(data, large ? { rank: RANK } : {});
}
