import type { ComponentChildren, RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { download, figurePng, figureSvg } from "./export.ts";
import { type Take, toJson } from "./take.ts";

interface FigureProps {
  readonly title: string;
  /** What is seen, in a sentence: caption and text alternative. */
  readonly caption: ComponentChildren;
  /** Read when the reader asks for it. */
  readonly take: () => Take;
  readonly children: ComponentChildren;
}

/** A figure with its caption and what a reader may take home. */
export function Figure({ title, caption, take, children }: FigureProps) {
  const content = useRef<HTMLDivElement>(null);
  const words = useRef<HTMLElement>(null);
  return (
    <figure class="figure" aria-label={title}>
      <div ref={content} class="content">
        {children}
      </div>
      <figcaption ref={words}>{caption}</figcaption>
      <Spoken words={words} />
      <TakeHome title={title} take={take} content={() => content.current!} />
    </figure>
  );
}

/** Milliseconds for which a caption must stay as it is before it is read out. */
const REST = 900;

/** What a screen reader hears of a caption: all of it, once its numbers have come to rest, and not at every frame. */
function Spoken({ words }: { readonly words: RefObject<HTMLElement | null> }) {
  const [text, setText] = useState("");
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = () => setText(words.current?.textContent ?? "");
    const observer = new MutationObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(read, REST);
    });
    observer.observe(words.current!, { childList: true, characterData: true, subtree: true });
    return () => {
      observer.disconnect();
      clearTimeout(timer);
    };
  }, [words]);
  return (
    <p class="hidden" role="status">
      {text}
    </p>
  );
}

interface TakeHomeProps {
  readonly title: string;
  readonly take: () => Take;
  readonly content: () => HTMLElement;
}

function TakeHome({ title, take, content }: TakeHomeProps) {
  const [open, setOpen] = useState(false);
  const taken = open ? take() : undefined;
  const [said, setSaid] = useState("");
  const copy = async (text: string, what: string) => {
    await navigator.clipboard.writeText(text);
    setSaid(`${what} copied`);
  };
  return (
    <details class="take" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        Take it with you<span class="hidden">: {title}</span>
      </summary>
      {taken && (
        <div>
          {taken.command && (
            <Code
              label="On the command line"
              text={taken.command}
              onCopy={() => copy(taken.command!, "Command")}
            />
          )}
          {Object.entries(taken.files ?? {}).map(([name, bytes]) => (
            <p key={name} class="buttons">
              <button
                type="button"
                onClick={() => download(new Blob([bytes]), name, "application/octet-stream")}
              >
                {name}
              </button>{" "}
              for that command
            </p>
          ))}
          <Code
            label="In TypeScript"
            text={taken.typescript}
            onCopy={() => copy(taken.typescript, "Program")}
          />
          <p class="buttons">
            <button
              type="button"
              onClick={() =>
                download(toJson(taken.result()), `${taken.name}.json`, "application/json")
              }
            >
              Numbers (JSON)
            </button>
            <button
              type="button"
              onClick={() =>
                download(figureSvg(content(), title), `${taken.name}.svg`, "image/svg+xml")
              }
            >
              Figure (SVG)
            </button>
            <button
              type="button"
              onClick={async () =>
                download(await figurePng(content(), title), `${taken.name}.png`, "image/png")
              }
            >
              Figure (PNG)
            </button>
            <button type="button" onClick={() => copy(location.href, "Link")}>
              Link to this view
            </button>
            <output>{said}</output>
          </p>
        </div>
      )}
    </details>
  );
}

interface CodeProps {
  readonly label: string;
  readonly text: string;
  readonly onCopy: () => void;
}

function Code({ label, text, onCopy }: CodeProps) {
  return (
    <div class="code">
      <p>
        {label}
        <button type="button" onClick={onCopy}>
          Copy
        </button>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>{text}</pre>
    </div>
  );
}
