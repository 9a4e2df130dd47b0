export { nodeEngines } from "./engines/candidates.ts";
