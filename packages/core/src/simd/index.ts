export { type DotProducts, float64Products, int16Products } from "./dot-products.ts";
export * from "./scatter-product.ts";
export * from "./simd-multiply.ts";
