export * from "./cholesky.ts";
export * from "./multiply.ts";
export * from "./symmetric-eigen.ts";
