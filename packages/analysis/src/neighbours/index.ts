export {
  type NeighbourOptions,
  type Neighbours,
  nearestNeighbours,
} from "./nearest-neighbours.ts";
