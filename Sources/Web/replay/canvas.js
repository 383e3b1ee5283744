// What drawings of time have in common: sharp canvases, the theme's colours, round steps.

/** Tokens of shell.css that are drawn with. */
const COLOURS = [
  "text", "faint", "line", "card", "ground", "accent", "good", "warning", "stop", "target", "rotor",
];

/** The theme's colours by name, as they are now. */
export function themeColours() {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(
    COLOURS.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

/** Calls back when the colours have changed. */
export function followColours(onChange) {
  window.addEventListener("themechange", onChange);
}

/** A painter of a canvas that is so many CSS pixels large, cleared. */
export function painter(canvas, width, height) {
  const ratio = window.devicePixelRatio || 1;
  const [wide, high] = [width, height].map((size) => Math.max(1, Math.round(size * ratio)));
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== high) canvas.height = high;
  const paint = canvas.getContext("2d");
  paint.setTransform(ratio, 0, 0, ratio, 0, 0);
  paint.clearRect(0, 0, width, height);
  paint.font = '11px system-ui, "DejaVu Sans", sans-serif';
  paint.textBaseline = "middle";
  return paint;
}

/** Text that ends where there is no more room. */
export function clippedText(paint, text, x, y, room) {
  if (room < 8) return;
  paint.save();
  paint.beginPath();
  paint.rect(x, y - 9, room, 18);
  paint.clip();
  // Nothing longer is visible on any screen.
  paint.fillText(text.slice(0, 160), x, y);
  paint.restore();
}

/** The smallest of 1, 2, 5, 10, 20 … that is at least so large. */
export function roundStep(least) {
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= least) ?? 10 * power;
}

/** A function that runs at most once before the next frame of the screen. */
export function onceAFrame(work) {
  let isPending = false;
  return () => {
    if (isPending) return;
    isPending = true;
    requestAnimationFrame(() => {
      isPending = false;
      work();
    });
  };
}
