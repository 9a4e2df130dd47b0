import { effect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

/** Draws on a cleared canvas, in CSS pixels. Every signal that it reads makes it draw again. */
export type Draw = (context: CanvasRenderingContext2D, width: number, height: number) => void;

interface CanvasProps {
  readonly width: number;
  readonly height: number;
  readonly draw: Draw;
}

/** A canvas as sharp as the screen, under whatever its figure says in SVG; it has no words of its own. */
export function Canvas({ width, height, draw }: CanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current!;
    const context = element.getContext("2d")!;
    const ratio = Math.min(3, window.devicePixelRatio || 1);
    const [wide, tall] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (element.width !== wide) element.width = wide;
    if (element.height !== tall) element.height = tall;
    return effect(() => {
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, width, height);
      draw(context, width, height);
    });
  });
  return <canvas ref={canvas} style={{ width: `${width}px`, height: `${height}px` }} />;
}
