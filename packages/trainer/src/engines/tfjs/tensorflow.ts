/**
 * TensorFlow.js, whichever package it comes from: `@tensorflow/tfjs-core` 4.22 with a backend, or `tfjs-node`. Said here by
 * what tells it apart, so that the types of this package compile where no TensorFlow.js is installed.
 */
export interface TensorFlow {
  ready(): Promise<void>;
  enableProdMode(): void;
  getBackend(): string;
  setBackend(name: string): Promise<boolean>;
  findBackend(name: string): unknown;
  removeBackend(name: string): void;
  tidy(run: () => void): void;
}
