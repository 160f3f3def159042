// Menus and small dialogs that give the focus back when they close.
import { h } from "./dom.js";

let open = null;

export function closeMenu() {
  open?.close();
}

function place(box, anchor) {
  const spot = anchor.getBoundingClientRect();
  const size = box.getBoundingClientRect();
  const left = Math.max(8, Math.min(spot.left, innerWidth - size.width - 8));
  const below = spot.bottom + 6 + size.height < innerHeight;
  box.style.setProperty("left", `${left}px`);
  box.style.setProperty("top", `${below ? spot.bottom + 6 : Math.max(8, spot.top - size.height - 6)}px`);
}

// A box beside its anchor; Escape and a click elsewhere close it.
export function popover(anchor, box) {
  closeMenu();
  const host = anchor.closest("dialog") ?? document.body;
  const away = (event) => {
    if (!box.contains(event.target) && !anchor.contains(event.target)) close();
  };
  const escape = (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    close();
    anchor.focus();
  };
  const close = () => {
    box.remove();
    anchor.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", away, true);
    open = null;
  };
  box.classList.add("popover");
  box.addEventListener("keydown", escape);
  host.append(box);
  place(box, anchor);
  anchor.setAttribute("aria-expanded", "true");
  document.addEventListener("pointerdown", away, true);
  open = { close };
  return close;
}

function roam(event) {
  const items = [...event.currentTarget.querySelectorAll("[role^=menuitem],[role=option]")];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const at = items.indexOf(document.activeElement);
  items[(at + step + items.length) % items.length]?.focus();
}

// items: {label, run, danger?, description?} or {node}.
export function menu(anchor, label, items) {
  const box = h("div", { class: "menu", role: "menu", "aria-label": label, on: { keydown: roam } });
  const close = popover(anchor, box);
  for (const item of items) {
    const run = () => { close(); anchor.focus(); item.run(); };
    box.append(h("button", { type: "button", role: "menuitem", class: item.danger ? "danger" : "", on: { click: run } },
      item.label, item.description ? h("small", {}, item.description) : null));
  }
  place(box, anchor);
  box.querySelector("button")?.focus();
}

export function listbox(anchor, label, content) {
  const box = h("div", { class: "menu wide", "aria-label": label, role: "dialog", on: { keydown: roam } }, content);
  popover(anchor, box);
  box.querySelector("input,button")?.focus();
  return box;
}

// Slack's confirm dialog: resolves to whether the person went on.
export function ask(words) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    const done = (went) => () => { box.close(); box.remove(); before?.focus?.(); resolve(went); };
    const box = h("dialog", { class: "modal confirm", "aria-label": words.title, data: { testid: "confirm" } },
      h("header", {}, h("h2", {}, words.title)),
      h("div", { class: "modal-body" }, words.body),
      h("footer", {},
        h("button", { type: "button", class: "button", on: { click: done(false) } }, words.deny),
        h("button", { type: "button", class: `button ${words.danger ? "danger solid" : "primary"}`, on: { click: done(true) } }, words.confirm)));
    box.addEventListener("cancel", (event) => { event.preventDefault(); done(false)(); });
    document.body.append(box);
    box.showModal();
    box.querySelector("footer .button:last-child").focus();
  });
}
