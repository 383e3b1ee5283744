// The page: joins the recording's model with what shows it, mouse and keys.

const $ = (id) => document.getElementById(id);

function element(parent, name, text, attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent.append(made);
  return made;
}

class Page {
  #model;
  #lanes;
  #sky;
  #map;
  #isPending = false;
  #playedAt = null;

  constructor(model) {
    this.#model = model;
    this.#describe();
    this.#lanes = new Lanes($("axis"), $("lanes"), model);
    this.#sky = new Sky($("sky"), $("sky-text"), model);
    this.#map = new PassMap($("map"), $("map-text"), model);
    this.#listen();
    this.#listExpectations();
    this.#showEntry(null);
    this.moveTo(model.until);
  }

  #describe() {
    const model = this.#model;
    document.title = `${model.name} – boresight trace`;
    $("name").textContent = model.name;
    const seconds = model.sinceStart(model.until - model.from, 1);
    $("facts").textContent =
      `${model.entries.length} entries in ${seconds}, ${model.pace}, from ${model.started}, ` +
      `boresight ${model.program}, seed ${model.seed}`;
    const notes = [];
    if (!model.fromStart) notes.push("The beginning of the recording is not there any more.");
    if (model.leftOut > 0) {
      notes.push(
        `${model.leftOut} entries from ${model.sinceStart(model.leftOutFrom)} on are left out; ` +
          "make a page of a part with --from, --until, --stream or --kind.",
      );
    }
    if (model.droppedLines > 0) {
      notes.push(`The recording was cut: ${model.droppedLines} lines at its end belong to no whole turn.`);
    }
    if (model.entries.length === 0) notes.push("There is nothing in this recording to show.");
    $("note").textContent = notes.join(" ");
    $("note").hidden = notes.length === 0;
    const legend = $("legend");
    for (const [kind, text] of [["in", "▼ into the core"], ["out", "▲ out of it"],
      ["timer", "● timer"], ["log", "▮ log"], ["mark", "◆ simulation"], ["fault", "▒ fault"]]) {
      element(legend, "span", text, { class: `key ${kind}` });
    }
    legend.append("Arrows lead from cause to effect, dashed where only the order tells.");
  }

  // Drawing

  #later() {
    if (this.#isPending) return;
    this.#isPending = true;
    requestAnimationFrame(() => {
      this.#isPending = false;
      this.#lanes.draw();
    });
  }

  moveTo(time) {
    const model = this.#model;
    const moment = Math.min(model.until, Math.max(model.from, time));
    this.#lanes.moment = moment;
    const share = (moment - model.from) / (model.until - model.from);
    $("scrub").value = Math.round(share * 1000);
    $("scrub").setAttribute("aria-valuetext", model.sinceStart(moment));
    $("moment").textContent = `${model.sinceStart(moment, 6)}   ${model.utc(moment)}`;
    this.#sky.show(moment);
    this.#map.show(moment);
    this.#later();
  }

  select(entry) {
    if (!entry) return;
    this.#lanes.selected = entry;
    this.#lanes.reveal(entry.at);
    this.#showEntry(entry);
    this.moveTo(entry.at);
    const row = this.#lanes.rowOf(entry.lanes[0]);
    const scroll = $("scroll");
    if (!row) return;
    if (row.y < scroll.scrollTop) scroll.scrollTop = row.y;
    const bottom = row.y + LANE_HEIGHT - scroll.clientHeight;
    if (bottom > scroll.scrollTop) scroll.scrollTop = bottom;
  }

  #showEntry(entry) {
    const detail = $("detail");
    detail.replaceChildren();
    if (!entry) {
      element(detail, "p", "Choose an entry to see what it says.", { class: "hint" });
      return;
    }
    const model = this.#model;
    const lanes = entry.lanes.map((lane) => model.lanes[lane].name).join(", ");
    element(detail, "h2", `${lanes}: ${entry.summary}`);
    const list = element(detail, "dl", "");
    for (const [name, value] of [
      ["at", model.sinceStart(entry.at, 9)], ["clock", model.utc(entry.at)],
      ["event", `${entry.event}, turn ${entry.turn}`], ["line", `${entry.line}, ${entry.kind}`],
    ]) {
      element(list, "dt", name);
      element(list, "dd", value);
    }
    element(detail, "pre", entry.content);
    const link = (index, text) => {
      const other = model.entries[index];
      const button = element(detail, "button", `${text} ${other.summary}`, { type: "button" });
      button.addEventListener("click", () => this.select(other));
    };
    if (entry.cause !== null) link(entry.cause, entry.isOfSameEvent ? "caused by:" : "follows:");
    for (const effect of entry.effects.slice(0, 8)) link(effect, "effect:");
    if (entry.effects.length > 8) {
      element(detail, "p", `and ${entry.effects.length - 8} more effects`, { class: "hint" });
    }
  }

  #listExpectations() {
    const list = $("expectations");
    list.hidden = this.#model.expectations.length === 0;
    for (const mark of this.#model.expectations) {
      const sign = { met: "✓", failed: "✗" }[mark.state] ?? "…";
      const text = `${sign} ${mark.name}: ${mark.state} at ${this.#model.sinceStart(mark.at, 1)}`;
      const style = ["met", "failed"].includes(mark.state) ? mark.state : "waiting";
      const button = element(list, "button", text, { type: "button", class: style });
      button.addEventListener("click", () => {
        this.#lanes.reveal(mark.at);
        this.moveTo(mark.at);
      });
    }
  }

  // Moving

  /** The neighbour in the same lane, or the first entry after the moment. */
  #step(by) {
    const { selected, moment } = this.#lanes;
    if (!selected) {
      const index = lastAt(this.#model.entries, moment, (entry) => entry.at);
      this.select(this.#model.entries[Math.max(0, index)]);
      return;
    }
    const { entries } = this.#model.lanes[selected.lanes[0]];
    this.select(entries[entries.indexOf(selected) + by]);
  }

  #stepLane(by) {
    const { selected, moment } = this.#lanes;
    const lane = (selected?.lanes[0] ?? -1) + by;
    const entries = this.#model.lanes[lane]?.entries;
    if (!entries || entries.length === 0) return;
    const index = lastAt(entries, selected?.at ?? moment, (entry) => entry.at);
    this.select(entries[Math.max(0, index)]);
  }

  #find(text) {
    const wanted = text.toLowerCase();
    if (!wanted) return;
    const { entries } = this.#model;
    const start = (this.#lanes.selected?.index ?? -1) + 1;
    for (let step = 0; step < entries.length; step += 1) {
      const entry = entries[(start + step) % entries.length];
      if (!`${entry.summary}\n${entry.content}`.toLowerCase().includes(wanted)) continue;
      $("find").removeAttribute("aria-invalid");
      this.select(entry);
      return;
    }
    $("find").setAttribute("aria-invalid", "true");
  }

  #zoom(factor) {
    const { from, until, moment } = this.#lanes;
    const isInView = moment >= from && moment <= until;
    this.#lanes.zoom(factor, isInView ? moment : (from + until) / 2);
    this.#later();
  }

  play(isPlaying) {
    $("play").setAttribute("aria-pressed", String(isPlaying));
    $("play").textContent = isPlaying ? "Pause" : "Play";
    this.#playedAt = null;
    if (!isPlaying) return;
    if (this.#lanes.moment >= this.#model.until) this.moveTo(this.#model.from);
    // Long recordings are over in half a minute.
    const speed = Math.max(1, (this.#model.until - this.#model.from) / 30e9);
    const frame = (now) => {
      if ($("play").getAttribute("aria-pressed") !== "true") return;
      const elapsed = now - (this.#playedAt ?? now);
      this.#playedAt = now;
      const next = this.#lanes.moment + elapsed * 1e6 * speed;
      this.#lanes.reveal(Math.min(next, this.#model.until));
      this.moveTo(next);
      if (next >= this.#model.until) this.play(false);
      else requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }

  // Listening

  #listen() {
    const { from, until } = this.#model;
    $("scrub").addEventListener("input", () => {
      const time = from + ($("scrub").value / 1000) * (until - from);
      this.#lanes.reveal(time);
      this.moveTo(time);
    });
    $("play").addEventListener("click", () =>
      this.play($("play").getAttribute("aria-pressed") !== "true"),
    );
    $("zoom-in").addEventListener("click", () => this.#zoom(0.5));
    $("zoom-out").addEventListener("click", () => this.#zoom(2));
    $("fit").addEventListener("click", () => {
      this.#lanes.fit();
      this.#later();
    });
    $("find").addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.#find($("find").value);
    });
    $("lanes").addEventListener("keydown", (event) => this.#key(event));
    this.#listenToPointer($("lanes"), false);
    this.#listenToPointer($("axis"), true);
    new ResizeObserver(() => this.#later()).observe($("scroll"));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      this.#lanes.readColours();
      this.#later();
    });
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const model = this.#model;
    const selected = this.#lanes.selected;
    const actions = {
      ArrowLeft: () => (event.shiftKey ? this.#lanes.pan(-0.2) : this.#step(-1)),
      ArrowRight: () => (event.shiftKey ? this.#lanes.pan(0.2) : this.#step(1)),
      ArrowUp: () => this.#stepLane(-1),
      ArrowDown: () => this.#stepLane(1),
      Home: () => this.select(model.entries[0]),
      End: () => this.select(model.entries[model.entries.length - 1]),
      c: () => this.select(model.entries[selected?.cause ?? -1]),
      e: () => this.select(model.entries[selected?.effects[0] ?? -1]),
      "+": () => this.#zoom(0.5),
      "=": () => this.#zoom(0.5),
      "-": () => this.#zoom(2),
      0: () => this.#lanes.fit(),
      " ": () => this.play($("play").getAttribute("aria-pressed") !== "true"),
    };
    const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!action) return;
    event.preventDefault();
    action();
    this.#later();
  }

  #listenToPointer(canvas, isAxis) {
    let drag = null;
    const scrub = (event) => this.moveTo(this.#lanes.time(event.offsetX));
    canvas.addEventListener("pointerdown", (event) => {
      drag = { x: event.offsetX, isClick: true };
      canvas.setPointerCapture(event.pointerId);
      if (isAxis) scrub(event);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!drag) {
        if (!isAxis) this.#hover(event);
        return;
      }
      if (Math.abs(event.offsetX - drag.x) > 3) drag.isClick = false;
      if (isAxis) {
        scrub(event);
      } else if (!drag.isClick) {
        const moved = this.#lanes.time(drag.x) - this.#lanes.time(event.offsetX);
        this.#lanes.pan(moved / (this.#lanes.until - this.#lanes.from));
        drag.x = event.offsetX;
        this.#later();
      }
    });
    canvas.addEventListener("pointerup", (event) => {
      if (drag?.isClick && !isAxis) {
        const entry = this.#lanes.hit(event.offsetX, event.offsetY);
        if (entry) this.select(entry);
        else this.moveTo(this.#lanes.time(event.offsetX));
      }
      drag = null;
    });
    canvas.addEventListener("pointercancel", () => (drag = null));
    canvas.addEventListener("pointerleave", () => this.#setHovered(null, canvas));
    canvas.addEventListener(
      "wheel",
      (event) => {
        const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
        if (event.ctrlKey || (isAxis && !event.shiftKey && event.deltaY !== 0)) {
          this.#lanes.zoom(Math.exp(event.deltaY / 300), this.#lanes.time(event.offsetX));
        } else if (sideways !== 0) {
          this.#lanes.pan(sideways / 1000);
        } else {
          return;
        }
        event.preventDefault();
        this.#later();
      },
      { passive: false },
    );
  }

  #hover(event) {
    this.#setHovered(this.#lanes.hit(event.offsetX, event.offsetY), $("lanes"));
  }

  #setHovered(entry, canvas) {
    if (entry === this.#lanes.hovered) return;
    this.#lanes.hovered = entry;
    // The browser's own tooltip: text, never markup.
    canvas.title = entry
      ? `${this.#model.sinceStart(entry.at, 6)}, event ${entry.event}\n${entry.summary}`
      : "";
    this.#later();
  }
}

new Page(new Model(JSON.parse($("data").textContent)));
