declare module "jsdom" {
  interface Element {
    readonly tagName: string;
    readonly textContent: string | null;
    getAttribute(name: string): string | null;
    querySelectorAll(selector: string): Iterable<Element>;
  }
  interface Document {
    readonly documentElement: Element;
    querySelectorAll(selector: string): Iterable<Element>;
  }
  /** The little of jsdom that the tests use; @types/jsdom would bring the whole DOM library's types along. */
  export class JSDOM {
    constructor(html?: string);
    readonly window: {
      readonly document: Document;
      readonly DOMParser: new () => { parseFromString(text: string, type: string): Document };
    };
  }
}
