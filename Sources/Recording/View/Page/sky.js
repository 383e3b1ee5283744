// The sky as seen from the rotor: zenith in the middle, horizon at the rim, north up, east right.

const RIM = 100;

/** Plot coordinates. An elevation over 90° lies beyond the zenith; one below 0° on the rim. */
function project(azimuth, elevation, rim = RIM) {
  const radius = (rim * (90 - Math.min(180, Math.max(0, elevation)))) / 90;
  const angle = (azimuth * Math.PI) / 180;
  return { x: radius * Math.sin(angle), y: -radius * Math.cos(angle) };
}

/** Degrees between two directions. */
function between(a, b) {
  const rad = Math.PI / 180;
  const cosine =
    Math.sin(a[2] * rad) * Math.sin(b[2] * rad) +
    Math.cos(a[2] * rad) * Math.cos(b[2] * rad) * Math.cos((a[1] - b[1]) * rad);
  return Math.acos(Math.min(1, Math.max(-1, cosine))) / rad;
}

class Sky {
  #model;
  #caption;
  #marks = [];

  constructor(svg, caption, model) {
    this.#model = model;
    this.#caption = caption;
    svg.setAttribute("viewBox", "-122 -118 244 236");
    draw(svg, "circle", { r: RIM, class: "ground" });
    for (const elevation of [30, 60]) {
      draw(svg, "circle", { r: project(90, elevation).x, class: "ring" });
      const { x, y } = project(45, elevation);
      draw(svg, "text", { x: x + 2, y: y - 2, class: "small" }, `${elevation}°`);
    }
    draw(svg, "path", { d: `M0 ${-RIM} V${RIM} M${-RIM} 0 H${RIM}`, class: "ring" });
    draw(svg, "circle", { r: RIM, class: "rim" });
    for (const [name, azimuth] of [["N", 0], ["E", 90], ["S", 180], ["W", 270]]) {
      const { x, y } = project(azimuth, 0, 110);
      draw(svg, "text", { x, y, class: "middle" }, name);
    }
    for (const track of model.of("true_rotor", "target", "rotor")) this.#add(svg, track);
  }

  #add(svg, track) {
    const way = draw(svg, "polyline", { class: `way ${track.role}` });
    const pointer =
      track.role === "rotor" ? draw(svg, "line", { x1: 0, y1: 0, class: "pointer rotor" }) : null;
    const spot = draw(svg, "g", { class: `spot ${track.role}` });
    draw(spot, "title", {}, `${track.role.replace("_", " ")} ${track.name}`);
    if (track.role === "rotor") draw(spot, "path", { d: "M-6 0 H6 M0 -6 V6" });
    else if (track.role === "target") draw(spot, "circle", { r: 7 });
    else draw(spot, "path", { d: "M0 -5 L5 0 L0 5 L-5 0 Z" });
    this.#marks.push({ track, way, pointer, spot });
  }

  show(time) {
    for (const { track, way, pointer, spot } of this.#marks) {
      const at = this.#model.pointAt(track, time);
      for (const element of [way, pointer, spot]) element?.toggleAttribute("hidden", !at);
      const points = this.#model.wayUntil(track, time).map((point) => {
        const { x, y } = project(point[1], point[2]);
        return `${x.toFixed(1)},${y.toFixed(1)}`;
      });
      way.setAttribute("points", points.join(" "));
      if (!at) continue;
      const { x, y } = project(at[1], at[2]);
      spot.setAttribute("transform", `translate(${x.toFixed(2)} ${y.toFixed(2)})`);
      pointer?.setAttribute("x2", x.toFixed(2));
      pointer?.setAttribute("y2", y.toFixed(2));
    }
    this.#caption.textContent = this.#words(time);
  }

  #words(time) {
    const words = [];
    for (const track of this.#model.of("rotor", "true_rotor")) {
      const at = this.#model.pointAt(track, time);
      if (!at) continue;
      const name = track.role === "rotor" ? track.name : "in truth";
      words.push(`${name}: az ${at[1].toFixed(1)}° el ${at[2].toFixed(1)}°`);
      const target = this.#model
        .of("target")
        .find((other) => track.role === "rotor" && other.name === track.name);
      const aim = target && this.#model.pointAt(target, time);
      if (aim) {
        words.push(
          `target az ${aim[1].toFixed(1)}° el ${aim[2].toFixed(1)}°, ` +
            `off by ${between(at, aim).toFixed(1)}°`,
        );
      }
    }
    return words.join("; ") || "no rotor has said where it points";
  }
}
