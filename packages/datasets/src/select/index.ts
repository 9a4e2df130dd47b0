export { type Channel, channel } from "./channel.ts";
export { pad } from "./pad.ts";
export { resize } from "./resize.ts";
export { type Selection, select } from "./select.ts";
