// The tools drawer: one panel at a time, opened from the top bar.
import { byId, h, icon } from "./dom.js";
import { memory, tell } from "./store.js";

const PANELS = { inspector: "Inspector", clock: "Clock", faults: "Failure switches", reset: "Reset" };

export function openTool(name) {
  const drawer = byId("drawer");
  const wanted = PANELS[name] ? name : null;
  drawer.hidden = !wanted;
  document.body.classList.toggle("with-tools", Boolean(wanted));
  for (const panel of Object.keys(PANELS)) {
    byId(`tool-${panel}`).hidden = panel !== wanted;
    document.querySelector(`[data-tool="${panel}"]`)?.setAttribute("aria-expanded", String(panel === wanted));
  }
  byId("drawer-title").textContent = wanted ? PANELS[wanted] : "";
  memory.set("tool", wanted ?? "");
  if (wanted) tell(`open-${wanted}`);
}

export const toolShown = (name) => !byId(`tool-${name}`).hidden && !byId("drawer").hidden;

function theme(next) {
  document.documentElement.dataset.theme = next;
  memory.set("theme", next);
}

function preferred() {
  return memory.get("theme") || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
}

export function start() {
  for (const button of document.querySelectorAll("[data-tool]")) {
    const name = button.dataset.tool;
    button.prepend(icon(button.dataset.icon));
    button.addEventListener("click", () => openTool(toolShown(name) ? null : name));
  }
  const close = h("button", { type: "button", class: "icon-button", "aria-label": "Close tools", on: { click: () => openTool(null) } }, icon("close"));
  byId("drawer-head").append(close);
  const dark = byId("theme");
  dark.append(icon("theme"));
  dark.addEventListener("click", () => theme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"));
  document.documentElement.dataset.theme = preferred();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    document.documentElement.dataset.theme = preferred();
  });
  byId("drawer").addEventListener("keydown", (event) => event.key === "Escape" && openTool(null));
  const kept = memory.get("tool");
  if (kept) openTool(kept);
}
