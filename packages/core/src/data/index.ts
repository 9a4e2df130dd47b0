export {
  arrayLike,
  bytesOf,
  checkData,
  checkFinite,
  type Data,
  dataOf,
  type ImageShape,
  imageShape,
  type Labels,
  sizeOf,
  sliceSamples,
  slices,
  takeSamples,
} from "./data.ts";
export * from "./describe-data.ts";
export * from "./in-units.ts";
export * from "./named-units.ts";
export { channelMoments, perPixelVariance } from "./pixel-moments.ts";
export {
  AS_IS,
  alreadyIn,
  checkUnits,
  describeUnits,
  SYMMETRIC,
  sameUnits,
  UNIT,
  type Units,
  unitChange,
} from "./units.ts";
