// The menu above a composer: slash commands with their usage, and people.
import { avatar, h } from "./dom.js";
import { here } from "./store.js";

const MOST = 9;

function commands(text) {
  const typed = text.match(/^\/(\S*)$/);
  if (!typed) return null;
  const found = here.state.commands.filter((one) => one.command.slice(1).startsWith(typed[1].toLowerCase()));
  return {
    from: 0,
    items: found.map((one) => ({
      insert: `${one.command} `,
      node: [h("strong", {}, one.command), " ", h("code", { class: "usage" }, one.usage_hint ?? ""), h("small", {}, one.description ?? "")],
    })),
  };
}

function people(text, at) {
  const typed = text.slice(0, at).match(/(^|[\s(])@([\w.-]*)$/);
  if (!typed) return null;
  const part = typed[2].toLowerCase();
  const bot = here.botId();
  const all = here.state.users.filter((user) => !user.deleted);
  const starts = (user) => [user.handle, ...String(user.name).split(" ")].some((word) => word?.toLowerCase().startsWith(part));
  const found = all.filter((user) => starts(user) || user.handle?.includes(part));
  found.sort((one, other) => Number(starts(other)) - Number(starts(one)));
  return {
    from: at - part.length - 1,
    items: found.slice(0, MOST).map((user) => ({
      insert: `@${user.handle} `,
      node: [avatar(user.id, user.name, user.id === bot ? "bot tiny" : "tiny"), h("strong", {}, user.name), " ", h("span", { class: "muted" }, `@${user.handle}`), h("small", {}, user.title ?? "")],
    })),
  };
}

function usage(text) {
  const word = text.match(/^(\/\S+)\s/)?.[1];
  return word ? here.state.commands.find((one) => one.command === word) : undefined;
}

export function suggestions(field, box, inThread) {
  let shown = null;
  let at = 0;
  const close = () => {
    shown = null;
    box.hidden = true;
    field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-expanded", "false");
  };
  const mark = () => {
    [...box.querySelectorAll("[role=option]")].forEach((node, i) => {
      node.setAttribute("aria-selected", String(i === at));
      if (i === at) node.scrollIntoView({ block: "nearest" });
    });
    field.setAttribute("aria-activedescendant", `${box.id}-${at}`);
  };
  const take = (i) => {
    const caret = field.selectionStart;
    const from = shown.from;
    const insert = shown.items[i].insert;
    field.value = field.value.slice(0, from) + insert + field.value.slice(caret);
    field.setSelectionRange(from + insert.length, from + insert.length);
    field.focus();
    update();
    field.dispatchEvent(new Event("grow"));
  };
  const update = () => {
    const text = field.value;
    const slash = here.actor()?.external || inThread ? null : commands(text);
    const found = slash ?? people(text, field.selectionStart);
    const hint = here.actor()?.external || inThread ? undefined : usage(text);
    if (!found?.items.length) {
      close();
      if (!hint) return;
      box.hidden = false;
      box.replaceChildren(h("div", { class: "hint-line", data: { testid: "usage" } }, h("strong", {}, hint.command), " ", h("code", { class: "usage" }, hint.usage_hint ?? ""), h("small", {}, hint.description ?? "")));
      return;
    }
    shown = found;
    at = 0;
    box.hidden = false;
    field.setAttribute("aria-expanded", "true");
    box.replaceChildren(
      h("div", { class: "menu-label" }, slash ? "Commands" : "People"),
      ...found.items.map((item, i) => h("div", { role: "option", id: `${box.id}-${i}`, on: { mousedown: (event) => { event.preventDefault(); take(i); } } }, item.node)));
    mark();
  };
  // Answers whether the key was for the menu.
  const key = (event) => {
    if (event.key === "Escape" && !box.hidden) {
      close();
      return true;
    }
    if (!shown) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      at = (at + step + shown.items.length) % shown.items.length;
      mark();
      return true;
    }
    const done = shown.items[at].insert.trim() === field.value.trim();
    if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey && !done)) {
      take(at);
      return true;
    }
    return false;
  };
  field.addEventListener("blur", () => setTimeout(close, 150));
  return { update, key, close };
}
