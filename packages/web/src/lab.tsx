import { computed, signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect, useErrorBoundary, useRef } from "preact/hooks";
import { BOTTOM, TOP } from "./physics/chain.ts";
import { ROOMS } from "./rooms/rooms.ts";
import { at, playing, still, togglePlay } from "./state/cursor.ts";
import { troubles } from "./state/derived.ts";
import { dark, theme } from "./state/theme.ts";
import { resetState, room } from "./state/url.ts";
import { TimeBar } from "./time-bar.tsx";

const current = computed(() => ROOMS.find(({ name }) => name === room.value)!);

/** The room whose code has arrived, or why it has not. */
const shown = signal<{ name: string; Content?: ComponentType; failure?: string }>({ name: "" });

/** The whole page. */
export function Lab() {
  const { name, load, title, plays } = current.value;
  useEffect(() => {
    document.title = `${title} · symbreak lab`;
    enter(plays);
    load().then(
      (Content) => {
        if (current.peek().name === name) shown.value = { name, Content };
      },
      (error: unknown) => {
        shown.value = { name, failure: String(error) };
      },
    );
  }, [name]);
  const { Content, failure } = shown.value.name === name ? shown.value : {};
  return (
    <>
      <button type="button" class="skip" onClick={() => document.getElementById("main")?.focus()}>
        To the figure
      </button>
      <Header />
      <main id="main" tabIndex={-1} key={name} data-room={name}>
        {Content && <Guarded name={name} Content={Content} />}
        <Troubles />
        {failure && <Broken name={name} reason={failure} />}
      </main>
      <TimeBar />
    </>
  );
}

/** A figure works unread and untouched: time runs once, unless an address or the reader's settings say otherwise. */
function enter(plays: boolean): void {
  if (/[?&]at=/.test(location.hash)) return;
  at.value = plays && !still ? TOP : plays ? 200 : BOTTOM;
  playing.value = plays && !still;
}

/** A room, or why it cannot be shown: an address, say, that somebody changed by hand. */
function Guarded({ name, Content }: { readonly name: string; readonly Content: ComponentType }) {
  const [error] = useErrorBoundary();
  if (error !== undefined) return <Broken name={name} reason={String(error)} />;
  return <Content />;
}

function Broken({ name, reason }: { readonly name: string; readonly reason: string }) {
  return (
    <p class="failure" role="alert">
      This room cannot be shown. {reason}{" "}
      <button
        type="button"
        onClick={() => {
          history.replaceState(null, "", `#${name}`);
          location.reload();
        }}
      >
        Begin it anew
      </button>
    </p>
  );
}

/** What cannot be done as asked, in the packages' words. */
function Troubles() {
  return troubles.value.map((text) => (
    <p key={text} class="failure" role="alert">
      This cannot be done as asked. {text}
    </p>
  ));
}

function Header() {
  const rooms = useRef<HTMLOListElement>(null);
  const { name } = current.value;
  // On a phone the list of rooms is longer than the screen is wide.
  useEffect(() => {
    const here = rooms.current?.querySelector("[aria-current]");
    here?.scrollIntoView({ inline: "center", block: "nearest" });
  }, [name]);
  return (
    <header class="top">
      <h1>
        <a href="#potential">symbreak</a> <span>lab</span>
      </h1>
      <nav aria-label="Rooms">
        <ol ref={rooms}>
          {ROOMS.map(({ name, title, question }, i) => (
            <li key={name}>
              <a
                href={`#${name}`}
                title={question}
                aria-current={current.value.name === name ? "page" : undefined}
              >
                <span aria-hidden="true">{i + 1}</span> {title}
              </a>
            </li>
          ))}
        </ol>
      </nav>
      <p class="buttons">
        <button type="button" onClick={() => resetState(current.value.name)}>
          Reset
        </button>
        <button
          type="button"
          aria-label={dark.value ? "Light theme" : "Dark theme"}
          onClick={() => {
            theme.value = dark.value ? "light" : "dark";
          }}
        >
          {dark.value ? "☀" : "☾"}
        </button>
      </p>
    </header>
  );
}

/** The space bar plays and pauses, wherever no control wants it. */
export function connectKeys(): void {
  addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    if (
      event.key !== " " ||
      target.closest("button, input, select, summary, a, [role=slider], textarea")
    )
      return;
    event.preventDefault();
    togglePlay();
  });
}
