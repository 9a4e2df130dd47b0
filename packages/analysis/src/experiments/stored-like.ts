import { alreadyIn, type Data, dataOf, type Samples, toBytes } from "@symbreak/core";

/**
 * What a network made, as its data are stored: pixels rounded to 8 bits and cut off at 0 and 255, as every image file does;
 * floats as they are.
 *
 * @param samples count × size, in the units of the data
 */
export function storedLike(samples: Samples, { values, shape, units }: Data): Data {
  return values instanceof Uint8Array
    ? dataOf(toBytes(samples, shape, units), shape, units)
    : dataOf(samples, shape, alreadyIn(units));
}
