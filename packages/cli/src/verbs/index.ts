import type { Verb } from "../verb.ts";

/** Every verb: what it does, and how to load it. Nothing is loaded before the verb is known. */
export const VERBS: Readonly<
  Record<string, { readonly summary: string; readonly load: () => Promise<Verb> }>
> = {
  demo: {
    summary: "The main job on MNIST in under two minutes: phase transitions, late start, report",
    load: async () => (await import("./demo.ts")).demo,
  },
  analyze: {
    summary: "Spectrum, speciation and collapse times of a data set, and where to start sampling",
    load: async () => (await import("./analyze.ts")).analyze,
  },
  theory: {
    summary: "Closed forms: two-deltas, mixture, sphere, curie-weiss, guidance, random-features",
    load: async () => (await import("./theory.ts")).theory,
  },
  data: {
    summary: "List data sets, describe one, or fetch one",
    load: async () => (await import("./data.ts")).data,
  },
  doctor: {
    summary: "What this machine has: Node, cores, memory, engines, data sets",
    load: async () => (await import("./doctor.ts")).doctor,
  },
  train: {
    summary: "Train a network as a config file says; stop and go on at any step",
    load: async () => (await import("./train.ts")).train,
  },
  distil: {
    summary: "Train a student that makes in a few calls what its teacher makes in many",
    load: async () => (await import("./distil.ts")).distil,
  },
  sample: {
    summary: "Draw samples from a network: any solver, any grid, from noise or a late start",
    load: async () => (await import("./sample.ts")).sample,
  },
  again: {
    summary: "Make the samples of a result again, bit for bit",
    load: async () => (await import("./again.ts")).again,
  },
  merge: {
    summary:
      "Put together what the shards of a command made: the result of one machine, bit for bit",
    load: async () => (await import("./merge.ts")).merge,
  },
  likelihood: {
    summary: "Log-likelihoods of data in nats and bits per dimension, with their errors",
    load: async () => (await import("./likelihood.ts")).likelihood,
  },
  uturn: {
    summary: "Noise data to a time and denoise them again: from when on do they keep their class?",
    load: async () => (await import("./uturn.ts")).uturn,
  },
  memorise: {
    summary: "Are samples of a network copies of its training data?",
    load: async () => (await import("./memorise.ts")).memorise,
  },
  score: {
    summary: "A network's score against data, the dimension it sees, and local score machines",
    load: async () => (await import("./score.ts")).score,
  },
  agree: {
    summary:
      "Do two networks know the same function? By noise level, on data that neither has seen",
    load: async () => (await import("./agree.ts")).agree,
  },
  lab: {
    summary: "Serve the lab on this machine: the phase transitions in a page, to be touched",
    load: async () => (await import("./lab.ts")).lab,
  },
  submit: {
    summary: "Write the script that runs a command in shards on Slurm or Kubernetes",
    load: async () => (await import("./submit.ts")).submit,
  },
  study: {
    summary: "The whole story of a network on one page: decisions, memories, and where to start",
    load: async () => (await import("./study.ts")).study,
  },
  compare: {
    summary: "The paper's table for a network: noise against late start, every solver, few steps",
    load: async () => (await import("./compare.ts")).compare,
  },
  clone: {
    summary: "When do two continuations of one trajectory still end in different classes?",
    load: async () => (await import("./clone.ts")).clone,
  },
  distance: {
    summary: "How far one set of images is from another: FD or FID, KID, precision, recall, Vendi",
    load: async () => (await import("./distance.ts")).distance,
  },
  stats: {
    summary: "Mean and covariance of a set's features as a .npz, for ssb distance and pytorch-fid",
    load: async () => (await import("./stats.ts")).stats,
  },
  export: {
    summary: "Write a trained network as an ONNX file, and check the file",
    load: async () => (await import("./export.ts")).exportNetwork,
  },
  import: {
    summary: "Import a directory of diffusers as a run with an ONNX file",
    load: async () => (await import("./import.ts")).importNetwork,
  },
};
