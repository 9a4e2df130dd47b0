export * from "./cholesky.ts";
export * from "./lanczos.ts";
export * from "./multiply.ts";
export * from "./nuclear-norm.ts";
export * from "./orthogonalise.ts";
export * from "./symmetric-eigen.ts";
export * from "./symmetric-eigenvalues.ts";
