import { type NpyArray, parseNpy } from "./parse-npy.ts";
import { readBytes } from "./read-bytes.ts";

/**
 * Reads a .npy file: integers and floats of any size, C or Fortran order, either byte order.
 *
 * @throws DatasetError on any other type, a wrong length, NaN or infinity, or an integer beyond ±2⁵³
 */
export async function readNpy(file: string): Promise<NpyArray> {
  return parseNpy(await readBytes(file), file);
}
