import type { ComponentType } from "preact";

/** A room of the lab: its name in the address, its title, and the code that is fetched when it is entered. */
export interface Room {
  readonly name: string;
  readonly title: string;
  readonly question: string;
  /** Whether time runs by itself when the room is entered. */
  readonly plays: boolean;
  load(): Promise<ComponentType>;
}

/** In the order in which they are told. */
export const ROOMS: readonly Room[] = [
  {
    name: "potential",
    title: "The potential splits",
    question: "When does it decide?",
    plays: true,
    load: async () => (await import("./potential/room.tsx")).PotentialRoom,
  },
  {
    name: "clones",
    title: "Clones",
    question: "When is the choice made?",
    plays: true,
    load: async () => (await import("./clones/room.tsx")).ClonesRoom,
  },
  {
    name: "late-start",
    title: "Start late",
    question: "Where should sampling start?",
    plays: true,
    load: async () => (await import("./late-start/room.tsx")).LateStartRoom,
  },
  {
    name: "digits",
    title: "Digits",
    question: "Does a real network do the same?",
    plays: false,
    load: async () => (await import("./digits/room.tsx")).DigitsRoom,
  },
  {
    name: "training",
    title: "Train a network",
    question: "When does it learn, and when does it copy?",
    plays: false,
    load: async () => (await import("./training/room.tsx")).TrainingRoom,
  },
  {
    name: "images",
    title: "Your images",
    question: "When do your own images decide?",
    plays: false,
    load: async () => (await import("./images/room.tsx")).ImagesRoom,
  },
];
