// The bar on top of every page: where else to go, how it looks, who is here.

import { account } from "./account.js";
import { door, isAlone } from "./doors.js";
import { $, Refused, element, show } from "./live.js";
import { looks } from "./looks.js";
import { closeOutside } from "./menu.js";

const PAGES = [
  { id: "console", name: "Station", href: "/" },
  { id: "fleet", name: "Fleet", href: "/fleet" },
  { id: "nights", name: "Game night", href: "/game-night/" },
  { id: "workspaces", name: "Workspaces", href: "/workspaces/" },
  { id: "replay", name: "Replay", href: "/replay" },
];

/** Fills `<header id="bar" data-page="…">`; the connection's chip stands in it already. */
function fill(bar) {
  const page = PAGES.find(({ id }) => id === bar.dataset.page);
  if (!isAlone) bar.querySelector("h1").after(pages(page));
  bar.append(looks());
  if (door) bar.append(person());
  // On a phone the row is longer than the screen.
  bar.querySelector("[aria-current]")?.scrollIntoView({ inline: "nearest", block: "nearest" });
}

function pages(here) {
  const links = PAGES.map(({ id, name, href }) => {
    const link = element("a", { href }, name);
    if (id === here?.id) link.setAttribute("aria-current", "page");
    return element("li", {}, link);
  });
  return element("nav", { "aria-label": "Pages" }, element("ul", {}, ...links));
}

// ---- Who is here

function person() {
  const summary = element("summary", { id: "who" });
  const sheet = element("div", { class: "sheet" }, signIn(), signedIn());
  const menu = element("details", { class: "menu", id: "account" }, summary, sheet);
  account.follow(() => {
    const isHere = Boolean(account.bearer);
    show(summary, isHere ? account.me?.email ?? "Signed in" : "Sign in");
    sheet.querySelector("#sign-in-ways").hidden = isHere;
    sheet.querySelector(".signed-in").hidden = !isHere;
  });
  closeOutside(menu);
  return menu;
}

function signIn() {
  return element("div", { id: "sign-in-ways" },
    form("sign-in", byPassword,
      field("sign-in-user", "E-mail address", { autocomplete: "username", autocapitalize: "none" }),
      field("sign-in-password", "Password", { ...SECRET, autocomplete: "current-password" }),
      field("sign-in-code", "Second factor, if you have one", { inputmode: "numeric" })),
    element("details", { class: "or" }, element("summary", {}, "With a token instead"),
      form("sign-in-by-token", byToken,
        field("sign-in-token", "Token", { ...SECRET, "aria-describedby": "sign-in-token-hint" }),
        element("p", { class: "hint", id: "sign-in-token-hint" },
          "The first one is on the station's computer, in ",
          element("code", {}, "DATA/admin.token"), ", for example ",
          element("code", {}, "~/.local/share/boresight/admin.token"), "."))),
    element("label", { class: "check" },
      element("input", { id: "sign-in-keep", type: "checkbox" }), "Stay signed in on this device"),
    element("p", { class: "message bad", id: "sign-in-message", role: "status" }));
}

const SECRET = { type: "password" };

function field(id, name, attributes) {
  return element("div", {},
    element("label", { for: id }, name),
    element("input", { id, type: "text", autocomplete: "off", spellcheck: "false", ...attributes }));
}

/** A form for one way in; `enter` throws `Refused`. */
function form(id, enter, ...fields) {
  const form = element("form", { novalidate: "" }, ...fields,
    element("button", { type: "submit", id }, "Sign in"));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    show($("sign-in-message"), "");
    try {
      await enter($("sign-in-keep").checked);
      form.reset();
      form.closest("details.menu").open = false;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      show($("sign-in-message"), error.message);
    }
  });
  return form;
}

async function byPassword(isKept) {
  const [user, code] = [$("sign-in-user").value.trim(), $("sign-in-code").value.trim()];
  const password = $("sign-in-password").value;
  if (!user || !password) throw new Refused(0, "Type an e-mail address and a password.");
  await account.logIn(user, password, code, isKept);
}

async function byToken(isKept) {
  const token = $("sign-in-token").value.trim();
  if (!token) throw new Refused(0, "Type a token.");
  await account.useToken(token, isKept);
}

function signedIn() {
  const out = element("button", { type: "button", id: "sign-out" }, "Sign out");
  out.addEventListener("click", () => account.forget());
  return element("div", { class: "signed-in" }, out);
}

fill($("bar"));
if (door) account.begin();
