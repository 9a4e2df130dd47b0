import { useEffect, useRef } from "preact/hooks";
import { centred } from "./centred.ts";
import { drawn, returned } from "./state.ts";

const PAD = 196;

/** A pad to draw a digit on; what is drawn is brought to MNIST's size and place. */
export function DrawPad() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const context = () => canvas.current!.getContext("2d", { willReadFrequently: true })!;
  const clear = () => {
    context().clearRect(0, 0, PAD, PAD);
    drawn.value = undefined;
    returned.value = undefined;
  };
  const take = () => {
    const { data } = context().getImageData(0, 0, PAD, PAD);
    drawn.value = centred(
      Float32Array.from({ length: PAD * PAD }, (_, i) => data[4 * i + 3]! / 255),
      PAD,
    );
  };
  /** A three for those who cannot draw, or would rather not. */
  const example = () => {
    clear();
    const pen = stroke(context());
    pen.moveTo(62, 52);
    pen.bezierCurveTo(150, 20, 150, 92, 92, 94);
    pen.bezierCurveTo(168, 96, 146, 178, 58, 148);
    pen.stroke();
    take();
  };
  useEffect(() => {
    if (drawn.peek() === undefined) example();
  }, []);
  return (
    <div class="pad">
      <canvas
        ref={canvas}
        width={PAD}
        height={PAD}
        role="img"
        aria-label="Drawing pad: draw a digit with the pointer, or take the example"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          const pen = stroke(context());
          pen.moveTo(event.offsetX, event.offsetY);
          pen.lineTo(event.offsetX + 0.1, event.offsetY);
          pen.stroke();
        }}
        onPointerMove={(event) => {
          if (event.buttons === 0) return;
          const pen = context();
          pen.lineTo(event.offsetX, event.offsetY);
          pen.stroke();
        }}
        onPointerUp={take}
      />
      <p class="buttons">
        <button type="button" onClick={example}>
          Draw a three for me
        </button>
        <button type="button" onClick={clear}>
          Clear
        </button>
      </p>
    </div>
  );
}

function stroke(context: CanvasRenderingContext2D): CanvasRenderingContext2D {
  context.lineWidth = 17;
  context.lineCap = context.lineJoin = "round";
  context.strokeStyle = "#fff";
  context.beginPath();
  return context;
}
