/** What turns images into the features that distances are taken of. */
export interface ImageFeatures {
  /** In "FD-<name>". */
  readonly name: string;
  /** Numbers in one image's features. */
  readonly size: number;
  /** For the protocol: network, what is done to the images. */
  readonly description: string;
  /**
   * Features of images as bytes, one after another, channels first; count × size.
   *
   * @param shape of one image, [channels, height, width]
   * @throws RangeError where the bytes are no whole images, or of a shape that the network does not look at
   */
  features(images: Uint8Array, shape: readonly number[]): Promise<Float32Array>;
}
