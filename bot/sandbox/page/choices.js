// What selects offer, and the field that takes several of them.
import { h, icon } from "./dom.js";
import { listbox } from "./popover.js";
import { plain } from "./mrkdwn.js";
import { here } from "./store.js";

const asOption = (value, label) => ({ value, text: { type: "plain_text", text: label, emoji: false } });

export function flatOptions(element) {
  if (element.option_groups) return element.option_groups.map((group) => ({ label: plain(group.label?.text), options: group.options }));
  return [{ options: element.options ?? [] }];
}

export function people() {
  return [{ options: here.people().map((user) => asOption(user.id, user.title ? `${user.name} (${user.title})` : user.name)) }];
}

export function places(filter = {}) {
  const kinds = filter.include ?? ["public", "private"];
  const kindOf = (channel) => (channel.is_im ? "im" : channel.is_private ? "private" : "public");
  return [{
    options: here.state.channels.filter((channel) => kinds.includes(kindOf(channel)))
      .map((channel) => asOption(channel.id, channel.is_im ? `@${here.botName()}` : `#${channel.name}`)),
  }];
}

// A field of chips; its list opens below it and stays open while choosing.
export function chips(placeholder, groups, first, most, changed) {
  const all = groups.flatMap((group) => group.options);
  let chosen = first.filter((value) => all.some((option) => option.value === value));
  const node = h("button", { type: "button", class: "field chips", "aria-haspopup": "listbox", "aria-expanded": "false" });
  const draw = () => {
    const shown = chosen.map((value) => h("span", { class: "chip" }, plain(all.find((option) => option.value === value)?.text.text ?? value)));
    node.replaceChildren(...(shown.length ? shown : [h("span", { class: "muted" }, placeholder)]), icon("chevron"));
  };
  const toggle = (value, on) => {
    chosen = on ? [...chosen, value] : chosen.filter((one) => one !== value);
    draw();
    changed();
  };
  const row = (option) => {
    const tick = h("input", { type: "checkbox", checked: chosen.includes(option.value) });
    tick.addEventListener("change", () => {
      if (tick.checked && most && chosen.length >= most) tick.checked = false;
      else toggle(option.value, tick.checked);
    });
    return h("label", { class: "choice" }, tick, h("span", {}, plain(option.text.text)));
  };
  node.addEventListener("click", () => {
    const list = h("div", { class: "options" });
    const fill = (part) => list.replaceChildren(...groups.flatMap((group) => {
      const found = group.options.filter((option) => option.text.text.toLowerCase().includes(part.toLowerCase()));
      return found.length ? [group.label ? h("div", { class: "menu-label" }, group.label) : "", ...found.map(row)] : [];
    }));
    fill("");
    const search = all.length > 8 ? h("input", { class: "field", type: "search", placeholder: "Find", "aria-label": "Find", on: { input: (event) => fill(event.target.value) } }) : null;
    listbox(node, placeholder, [search, list].filter(Boolean));
  });
  draw();
  return { node, read: () => (chosen.length ? chosen : null), write: (value) => { chosen = value ?? []; draw(); } };
}
