import { expect, test } from "vitest";
import { checkSubject } from "../../src/experiments/check-subject.ts";
import { subjectProtocol } from "../../src/experiments/protocol.ts";
import { drawsOf, exactNetwork, TWO_CLASSES } from "./exact-network.ts";

const data = drawsOf(TWO_CLASSES, 8, 1);
const plain = exactNetwork(TWO_CLASSES);
const knowing = (unconditional: boolean) => ({ ...plain, classes: { count: 2, unconditional } });

test("a network that must be told a class is refused by name: experiments ask for none", () => {
  expect(() => checkSubject("compare", knowing(false), data)).toThrow(
    'compare: network must do without a class: experiments ask for none, and exact must be told one, got "2 classes"',
  );
  expect(() => checkSubject("compare", knowing(true), data)).not.toThrow();
});

test("the protocol says that a network which knows classes was asked for none", async () => {
  const { network } = await subjectProtocol(knowing(true), data);
  expect(network.asked).toBe("for no class, by its label for none of its 2");
  expect((await subjectProtocol(plain, data)).network).not.toHaveProperty("asked");
});
