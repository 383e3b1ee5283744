// The pass from above: metres east and north of the antenna, as on a plane (equirectangular).

const METRES_PER_DEGREE = (6371008.8 * Math.PI) / 180;
const HALF = 100;

class PassMap {
  #model;
  #caption;
  #origin = null;
  #marks = [];
  #rays = [];
  #scale = 1;
  #middle = { x: 0, y: 0 };

  constructor(svg, caption, model) {
    this.#model = model;
    this.#caption = caption;
    svg.setAttribute("viewBox", `${-HALF - 22} ${-HALF - 8} ${2 * HALF + 44} ${2 * HALF + 16}`);
    const tracks = model.of("station", "true_station", "true_phone", "phone");
    const first = tracks.find((track) => track.points.length > 0);
    draw(svg, "rect", {
      x: -HALF - 22, y: -HALF - 8, width: 2 * HALF + 44, height: 2 * HALF + 16, class: "ground",
    });
    if (!first) return;
    this.#origin = { latitude: first.points[0][1], longitude: first.points[0][2] };
    this.#fit(tracks);
    this.#furnish(svg);
    if (first.role.endsWith("station")) {
      for (const track of model.of("rotor")) {
        this.#rays.push({ track, line: draw(svg, "line", { class: "pointer rotor" }) });
      }
    }
    for (const track of tracks) {
      const way = draw(svg, "polyline", { class: `way ${track.role}` });
      const spot = draw(svg, "g", { class: `spot ${track.role}` });
      draw(spot, "title", {}, `${track.role.replace("_", " ")} ${track.name}`);
      const shapes = { station: "M-5 4 L0 -6 L5 4 Z", true_station: "M-5 4 L0 -6 L5 4 Z" };
      if (shapes[track.role]) draw(spot, "path", { d: shapes[track.role] });
      else draw(spot, "circle", { r: track.role === "phone" ? 4.5 : 2.5 });
      this.#marks.push({ track, way, spot });
    }
  }

  #metres([, latitude, longitude]) {
    const east = ((((longitude - this.#origin.longitude + 180) % 360) + 360) % 360) - 180;
    return {
      x: east * METRES_PER_DEGREE * Math.cos((this.#origin.latitude * Math.PI) / 180),
      y: -(latitude - this.#origin.latitude) * METRES_PER_DEGREE,
    };
  }

  #place(point) {
    const { x, y } = this.#metres(point);
    return { x: (x - this.#middle.x) * this.#scale, y: (y - this.#middle.y) * this.#scale };
  }

  #fit(tracks) {
    let [left, right, top, bottom] = [0, 0, 0, 0];
    for (const track of tracks) {
      for (const point of track.points) {
        const { x, y } = this.#metres(point);
        left = Math.min(left, x);
        right = Math.max(right, x);
        top = Math.min(top, y);
        bottom = Math.max(bottom, y);
      }
    }
    // Twenty metres at least: closer, there is nothing but the noise of receivers.
    const size = Math.max(right - left, bottom - top, 20);
    this.#middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
    this.#scale = (2 * (HALF - 12)) / size;
  }

  #furnish(svg) {
    const wanted = 60 / this.#scale;
    const power = 10 ** Math.floor(Math.log10(wanted));
    const metres = [5, 2, 1].map((step) => step * power).find((step) => step <= wanted) ?? power;
    const width = metres * this.#scale;
    const [x, y] = [-HALF - 12, HALF];
    draw(svg, "path", { d: `M${x} ${y - 4} V${y} H${x + width} V${y - 4}`, class: "scale" });
    const text = metres >= 1000 ? `${metres / 1000} km` : `${metres} m`;
    draw(svg, "text", { x: x + width + 5, y: y + 1 }, text);
    draw(svg, "path", { d: `M${HALF + 10} ${-HALF + 14} l4 10 l-4 -3 l-4 3 Z`, class: "north" });
    draw(svg, "text", { x: HALF + 10, y: -HALF + 8, class: "middle" }, "N");
  }

  show(time) {
    if (!this.#origin) {
      this.#caption.textContent = "no position is in the recording";
      return;
    }
    const words = [];
    for (const { track, way, spot } of this.#marks) {
      const at = this.#model.pointAt(track, time);
      spot.toggleAttribute("hidden", !at);
      const points = this.#model.wayUntil(track, time).map((point) => {
        const { x, y } = this.#place(point);
        return `${x.toFixed(1)},${y.toFixed(1)}`;
      });
      way.setAttribute("points", points.join(" "));
      if (!at) continue;
      const { x, y } = this.#place(at);
      spot.setAttribute("transform", `translate(${x.toFixed(2)} ${y.toFixed(2)})`);
      if (track.role === "phone") words.push(this.#words(track, at));
    }
    for (const { track, line } of this.#rays) this.#aim(line, this.#model.pointAt(track, time));
    this.#caption.textContent = words.join("; ") || "no phone has said where it is";
  }

  #words(track, at) {
    const { x, y } = this.#metres(at);
    const height = at.length > 3 ? `, ${at[3].toFixed(0)} m high` : "";
    return `phone ${track.name}: ${Math.hypot(x, y).toFixed(0)} m away${height}`;
  }

  #aim(line, rotor) {
    line.toggleAttribute("hidden", !rotor);
    if (!rotor) return;
    const from = this.#place([0, this.#origin.latitude, this.#origin.longitude]);
    const angle = (rotor[1] * Math.PI) / 180;
    line.setAttribute("x1", from.x);
    line.setAttribute("y1", from.y);
    line.setAttribute("x2", from.x + 400 * Math.sin(angle));
    line.setAttribute("y2", from.y - 400 * Math.cos(angle));
  }
}
