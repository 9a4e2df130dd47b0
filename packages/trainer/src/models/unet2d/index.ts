export type { DownBlockType, UNet2DConfig, UNet2DOptions, UpBlockType } from "./config.ts";
export { unet2d } from "./unet2d.ts";
