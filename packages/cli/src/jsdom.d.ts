declare module "jsdom" {
  /** All that figures need of jsdom; @types/jsdom would bring the whole DOM library's types along. */
  export class JSDOM {
    constructor(html: string);
    readonly window: { readonly document: object };
  }
}
