export * from "./coordinate-moments.ts";
export * from "./full-moments.ts";
export * from "./moments.ts";
export * from "./sample-covariance.ts";
