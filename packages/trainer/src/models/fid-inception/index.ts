export * from "./fid-inception.ts";
