// Builds DOM nodes; text only ever becomes text nodes.

const SVG = "http://www.w3.org/2000/svg";

function assign(node, props) {
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    } else if (name === "data") {
      for (const [key, item] of Object.entries(value)) {
        if (item !== undefined && item !== null) node.dataset[key] = item;
      }
    } else if (name === "vars") {
      for (const [key, item] of Object.entries(value)) node.style.setProperty(key, item);
    } else if (name === "value" || name === "checked" || name === "disabled") {
      node[name] = value;
    } else {
      node.setAttribute(name, value === true ? "" : String(value));
    }
  }
}

function kids(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}

export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  node.append(...kids(children));
  assign(node, props);
  return node;
}

export function s(tag, props = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  node.append(...kids(children));
  assign(node, props);
  return node;
}

export function byId(id) {
  return document.getElementById(id);
}

export function icon(name) {
  return s("svg", { class: "icon", viewBox: "0 0 20 20", "aria-hidden": "true" }, s("path", { d: ICONS[name] }));
}

const ICONS = {
  hash: "M8 3 6 17M14 3l-2 14M3.5 7.5h14M2.5 12.5h14",
  lock: "M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9",
  home: "M3 9.5 10 3l7 6.5V17h-4.5v-5h-5v5H3z",
  thread: "M3 4h14v9H9l-4 4v-4H3z",
  smile: "M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zM7.3 8v.6M12.7 8v.6M6.8 12a3.8 3.8 0 0 0 6.4 0",
  link: "M8.5 11.5a3 3 0 0 0 4.2 0l3-3a3 3 0 0 0-4.2-4.2l-1 1M11.5 8.5a3 3 0 0 0-4.2 0l-3 3a3 3 0 0 0 4.2 4.2l1-1",
  bolt: "M11 2.5 4.5 11.5H10l-1 6 6.5-9H10z",
  close: "M5 5l10 10M15 5 5 15",
  more: "M4.5 10h.01M10 10h.01M15.5 10h.01",
  send: "M3 10 17 3.5 12.5 17 10 11z",
  clock: "M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zM10 6v4.2l3 1.8",
  pulse: "M2.5 10h3.5l2-5 4 10 2-5h3.5",
  plug: "M7 2.5v4M13 2.5v4M5 6.5h10V10a5 5 0 0 1-10 0zM10 15v2.5",
  reset: "M4 10a6 6 0 1 0 2-4.5M6 2.5v3.2h3.2",
  help: "M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zM7.9 8a2.1 2.1 0 1 1 3 1.9c-.6.3-.9.7-.9 1.4M10 13.8v.1",
  theme: "M10 2.5a7.5 7.5 0 1 0 0 15zM10 2.5a7.5 7.5 0 0 1 0 15",
  shield: "M10 2.5 4 5v4.5c0 4 2.6 6.6 6 8 3.4-1.4 6-4 6-8V5zM7.3 10l2 2 3.5-4",
  chevron: "M5.5 8 10 12.5 14.5 8",
  copy: "M7 7h9.5v9.5H7zM13 7V3.5H3.5V13H7",
  back: "M12 4.5 6.5 10l5.5 5.5",
};

let notices = null;

export function toast(text, tone = "info") {
  notices ??= byId("toasts");
  const close = h("button", { class: "icon-button", "aria-label": "Dismiss", type: "button" }, icon("close"));
  const node = h("div", { class: `toast ${tone}`, role: tone === "bad" ? "alert" : "status", data: { testid: "toast" } }, h("span", {}, text), close);
  close.addEventListener("click", () => node.remove());
  notices.append(node);
  setTimeout(() => node.remove(), tone === "bad" ? 12000 : 5000);
}

export async function copyText(text, said) {
  try {
    await navigator.clipboard.writeText(text);
    toast(said);
  } catch {
    toast(`Copying is not allowed here. The text is: ${text}`, "bad");
  }
}

export function hue(id) {
  let sum = 7;
  for (const letter of String(id)) sum = (sum * 31 + letter.codePointAt(0)) % 3600;
  return (sum * 137) % 360;
}

export function avatar(id, name, kind = "") {
  const words = (String(name).match(/[\p{L}\p{N}]+/gu) ?? ["?"]);
  const initials = words.slice(0, 2).map((word) => [...word][0]).join("").toUpperCase();
  return h("span", { class: `avatar ${kind}`, "aria-hidden": "true", vars: { "--hue": hue(id) } }, initials);
}
