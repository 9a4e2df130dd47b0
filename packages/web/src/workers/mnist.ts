import images from "mnist:train-images-idx3-ubyte";
import labels from "mnist:train-labels-idx1-ubyte";
import { type Data, dataOf, SYMMETRIC } from "@symbreak/core";
import { parseIdx } from "@symbreak/datasets/bytes";
import { fetchTold, type OnStage, unpacked } from "./stage.ts";

/** The 60,000 training images of MNIST with their labels, as the zoo's network saw them; 10 MB on their way. */
export async function mnistTraining(onStage: OnStage): Promise<Data> {
  const [pixels, classes] = await Promise.all([
    fetchTold(images, "MNIST's training images", onStage).then(unpacked),
    fetchTold(labels, "MNIST's labels", () => {}).then(unpacked),
  ]);
  onStage({ words: "unpacking MNIST" });
  const { shape, data } = parseIdx(pixels, "train-images-idx3-ubyte");
  return {
    ...dataOf(data as Uint8Array, [1, shape[1]!, shape[2]!], SYMMETRIC),
    labels: parseIdx(classes, "train-labels-idx1-ubyte").data as Uint8Array,
    name: "mnist",
    split: "train",
  };
}
