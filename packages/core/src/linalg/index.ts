export {
  type DotProducts,
  float32Products,
  float64Products,
  int16Products,
} from "../simd/dot-products.ts";
export * from "../simd/scatter-product.ts";
export * from "./cholesky.ts";
export * from "./lanczos.ts";
export * from "./nuclear-norm.ts";
export * from "./orthogonalise.ts";
export * from "./symmetric-eigen.ts";
export * from "./symmetric-eigenvalues.ts";
