// A menu is a `<details>` whose sheet lies over the page.

/** Closes the menu with Escape, and when something else is pressed or gets the focus. */
export function closeOutside(menu) {
  for (const name of ["pointerdown", "focusin"]) {
    document.addEventListener(name, ({ target }) => {
      if (menu.open && !menu.contains(target)) menu.open = false;
    });
  }
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}
