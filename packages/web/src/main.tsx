import { render } from "preact";
import { connectKeys, Lab } from "./lab.tsx";
import "./lab.css";
import { connectCursor } from "./state/cursor.ts";
import { connectTheme } from "./state/theme.ts";
import { connectAddress } from "./state/url.ts";

connectTheme();
connectAddress();
connectCursor();
connectKeys();

const page = document.getElementById("lab")!;
page.replaceChildren();
render(<Lab />, page);

if (import.meta.env.PROD && "serviceWorker" in navigator)
  navigator.serviceWorker.register("./service-worker.js").catch(() => {
    // Without one the lab works as long as there is a connection.
  });
