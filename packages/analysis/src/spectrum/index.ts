export * from "./top-spectrum.ts";
