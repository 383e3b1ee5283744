// The page's colours, set before anything is painted: a white flash at night costs the eyes
// minutes. A plain script and no module, because modules wait for the page.

(() => {
  const THEMES = ["auto", "light", "dark", "night"];
  /** Night's brightness in percent; below the least nothing could be read any more. */
  const BRIGHTNESS = { least: 30, most: 100 };
  const root = document.documentElement;

  function kept(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  }

  function keep(key, value) {
    try {
      localStorage.setItem(key, value);
    } catch {
      // A private window: it lasts as long as the page.
    }
  }

  const prefersDark = window.matchMedia("(prefers-color-scheme: dark)");
  let name = "auto";

  /** The page's own colours are told by `data-theme`: light, dark or night. */
  function become(wanted) {
    name = THEMES.includes(wanted) ? wanted : "auto";
    const device = prefersDark.matches ? "dark" : "light";
    root.dataset.theme = name === "auto" ? device : name;
    const colour = name === "night" ? "#000000" : "";
    document.querySelector("meta[name='theme-color']")?.setAttribute("content", colour);
    window.dispatchEvent(new Event("themechange"));
  }

  const theme = {
    all: THEMES,
    brightness: BRIGHTNESS,

    /** What was chosen: `auto` follows the device. */
    get name() {
      return name;
    },

    set name(wanted) {
      become(wanted);
      keep("theme", name);
    },

    get percent() {
      const value = Number(kept("brightness") ?? BRIGHTNESS.most);
      return Math.min(BRIGHTNESS.most, Math.max(BRIGHTNESS.least, value || BRIGHTNESS.most));
    },

    set percent(value) {
      keep("brightness", String(value));
      root.style.setProperty("--brightness", String(theme.percent / 100));
    },
  };

  window.boresightTheme = theme;
  // Where nobody has chosen, a page may have colours of its own: those that its HTML names.
  become(THEMES.includes(kept("theme")) ? kept("theme") : root.dataset.theme);
  prefersDark.addEventListener("change", () => become(name));
  root.style.setProperty("--brightness", String(theme.percent / 100));

  // Another page of the same station in this browser was switched.
  window.addEventListener("storage", ({ key, newValue }) => {
    if (key === "theme" && newValue) theme.name = newValue;
    if (key === "brightness" && newValue) theme.percent = newValue;
  });
})();
