// How the page looks: the menu with the colours and, at night, the brightness.

import { element } from "./live.js";
import { closeOutside } from "./menu.js";

const THEMES = { auto: "Like the device", light: "Day", dark: "Dark", night: "Night, red" };

/** The menu, for a page's header. */
export function looks() {
  const theme = window.boresightTheme;
  const choices = theme.all.map((name) => {
    const input = element("input", { type: "radio", name: "theme", value: name });
    input.checked = theme.name === name;
    input.addEventListener("change", () => { theme.name = name; });
    return element("label", { class: "check" }, input, THEMES[name]);
  });
  const brightness = element("input", {
    id: "brightness", type: "range", min: theme.brightness.least, max: theme.brightness.most,
    value: theme.percent,
  });
  brightness.addEventListener("input", () => { theme.percent = brightness.value; });
  const menu = element("details", { class: "menu", id: "looks" },
    element("summary", {}, "Display"),
    element("div", { class: "sheet" },
      element("fieldset", {}, element("legend", {}, "Colours"), ...choices),
      element("div", { class: "night-only" },
        element("label", { for: "brightness" }, "Brightness at night"), brightness)));
  window.addEventListener("themechange", () => {
    for (const input of menu.querySelectorAll("input[name='theme']")) {
      input.checked = input.value === theme.name;
    }
  });
  closeOutside(menu);
  return menu;
}
