/** An encoded image in memory, and the name it goes by in messages. */
export interface EncodedImage {
  readonly bytes: Uint8Array;
  readonly file: string;
}
