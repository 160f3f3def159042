// Block Kit's interactive elements, live (sent at once) or as inputs of a form.
import { h, icon } from "./dom.js";
import { ask, menu } from "./popover.js";
import { openUrl, plain, textObject } from "./mrkdwn.js";
import { chips, flatOptions, people, places } from "./choices.js";
import { here } from "./store.js";
import { instantOf, longDay, zoned } from "./when.js";

const words = (object, otherwise = "") => plain(object?.text ?? otherwise);

async function agreed(confirm) {
  if (!confirm) return true;
  return ask({
    title: words(confirm.title, "Are you sure?"),
    body: textObject(confirm.text) ?? "",
    confirm: words(confirm.confirm, "Yes"),
    deny: words(confirm.deny, "Cancel"),
    danger: confirm.style === "danger",
  });
}

// Sends what the person did, showing on the element that it is under way.
export function fire(node, element, block, ctx, chosen = {}) {
  return agreed(element.confirm).then(async (went) => {
    if (!went) return false;
    node.classList.add("pending");
    node.setAttribute("aria-busy", "true");
    try {
      await ctx.send({ action: element.action_id, block_id: block.block_id, ...(element.confirm ? { confirmed: true } : {}), ...chosen });
    } finally {
      node.classList.remove("pending");
      node.removeAttribute("aria-busy");
    }
    return true;
  });
}

function button(element, block, ctx) {
  const tone = element.style === "primary" ? "primary" : element.style === "danger" ? "danger" : "";
  const node = h("button", { type: "button", class: `button ${tone}`, "aria-label": element.accessibility_label, data: { action: element.action_id } }, words(element.text));
  node.addEventListener("click", () => {
    if (element.url) openUrl(element.url);
    fire(node, element, block, ctx, element.value === undefined ? {} : { value: element.value });
  });
  return node;
}

function overflow(element, block, ctx) {
  const node = h("button", { type: "button", class: "button more", "aria-label": "More actions", "aria-haspopup": "menu", data: { action: element.action_id } }, icon("more"));
  node.addEventListener("click", () => menu(node, "More actions", element.options.map((option) => ({
    label: words(option.text),
    description: option.description ? words(option.description) : null,
    run: () => {
      if (option.url) openUrl(option.url);
      fire(node, element, block, ctx, { selected_option: option.value });
    },
  }))));
  return node;
}

function optionNode(option, chosen) {
  return h("option", { value: option.value, selected: option.value === chosen }, words(option.text));
}

function singleSelect(element, groups, chosen, given) {
  const { block, ctx, live, name } = given;
  const node = h("select", { class: "field", "aria-label": live ? words(element.placeholder, "Select an item") : undefined, data: { action: element.action_id } },
    h("option", { value: "" }, words(element.placeholder, "Select an item")),
    groups.map((group) => (group.label ? h("optgroup", { label: group.label }, group.options.map((option) => optionNode(option, chosen))) : group.options.map((option) => optionNode(option, chosen)))));
  let before = chosen ?? "";
  if (live) {
    node.addEventListener("change", async () => {
      if (!node.value) return;
      if (await fire(node, element, block, ctx, { [name]: node.value })) before = node.value;
      else node.value = before;
    });
  }
  return { node, read: () => node.value || null, write: (value) => { node.value = value ?? ""; } };
}

function multiSelect(element, groups, chosen, given) {
  const { block, ctx, live, many } = given;
  const box = chips(words(element.placeholder, "Select items"), groups, chosen, element.max_selected_items, () => {
    if (live) fire(box.node, element, block, ctx, { [many]: box.read() ?? [] });
  });
  box.node.dataset.action = element.action_id;
  return box;
}

const SOURCES = {
  static: (element) => ({ groups: flatOptions(element), one: element.initial_option?.value, some: element.initial_options?.map((option) => option.value), name: "selected_option", many: "selected_options" }),
  users: (element) => ({ groups: people(), one: element.initial_user, some: element.initial_users, name: "value", many: "selected_options" }),
  conversations: (element) => ({ groups: places(element.filter), one: element.initial_conversation, some: element.initial_conversations, name: "value", many: "selected_options" }),
  channels: (element) => ({ groups: places({ include: ["public"] }), one: element.initial_channel, some: element.initial_channels, name: "value", many: "selected_options" }),
};

function select(source, several) {
  return (element, block, ctx, live) => {
    const { groups, one, some, name, many } = SOURCES[source](element);
    const given = { block, ctx, live, name, many };
    return several ? multiSelect(element, groups, some ?? [], given) : singleSelect(element, groups, one, given);
  };
}

// A date typed by key changes several times; it is sent when it is left, chosen or stands still.
function picker(type, initial, pack = (value) => ({ selected_date: value })) {
  return (element, block, ctx, live) => {
    const node = h("input", { type, class: "field picker", value: initial(element) ?? "", "aria-label": live ? words(element.placeholder, "Pick") : undefined, data: { action: element.action_id } });
    let sent = node.value;
    let waiting;
    const send = () => {
      clearTimeout(waiting);
      if (!live || !node.value || node.value === sent) return;
      sent = node.value;
      fire(node, element, block, ctx, pack(node.value));
    };
    node.addEventListener("change", () => { clearTimeout(waiting); waiting = setTimeout(send, 700); });
    node.addEventListener("blur", send);
    // Browsers write dates in their own order; the words leave no doubt which day is meant.
    const note = h("div", { class: "hint" });
    const tell = () => { note.textContent = type === "date" && node.value ? longDay(new Date(`${node.value}T12:00Z`), "UTC") : ""; };
    node.addEventListener("input", tell);
    tell();
    return { node, note, read: () => node.value || null, write: (value) => { node.value = value ?? ""; tell(); } };
  };
}

const wall = (seconds) => {
  const date = new Date(seconds * 1000);
  const get = (options) => zoned(date, here.zone(), options);
  const [day, month, year] = get({ day: "2-digit", month: "2-digit", year: "numeric" }).split("/");
  return `${year}-${month}-${day}T${get({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" })}`;
};
const seconds = (value) => Math.round(instantOf(value.slice(0, 16), here.zone()).getTime() / 1000);

function dateTime(element, block, ctx, live) {
  const made = picker("datetime-local", () => (element.initial_date_time ? wall(element.initial_date_time) : ""), (value) => ({ value: seconds(value) }))(element, block, ctx, live);
  return { ...made, read: () => (made.node.value ? seconds(made.node.value) : null), write: (value) => made.write(value ? wall(value) : "") };
}

function typed(type) {
  return (element, block, ctx, live) => {
    const tag = element.multiline ? "textarea" : "input";
    const node = h(tag, {
      class: "field", type: tag === "input" ? type : undefined, placeholder: words(element.placeholder) || undefined, dir: "auto",
      rows: element.multiline ? 4 : undefined, maxlength: element.max_length, autocomplete: "off",
      inputmode: type === "number" ? "decimal" : undefined,
      step: type === "number" ? (element.is_decimal_allowed ? "any" : "1") : undefined,
      data: { action: element.action_id },
    });
    node.value = element.initial_value ?? "";
    const on = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
    if (live) {
      node.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || event.shiftKey || !on.includes("on_enter_pressed")) return;
        event.preventDefault();
        fire(node, element, block, ctx, { value: node.value });
      });
      if (on.includes("on_character_entered")) node.addEventListener("input", () => fire(node, element, block, ctx, { value: node.value }));
    }
    return { node, read: () => node.value || null, write: (value) => { node.value = value ?? ""; } };
  };
}

let made = 0;

function ticks(type) {
  return (element, block, ctx, live) => {
    made += 1;
    const first = (element.initial_options ?? (element.initial_option ? [element.initial_option] : [])).map((option) => option.value);
    const inputs = element.options.map((option) => h("input", { type, name: `choice-${made}`, value: option.value, checked: first.includes(option.value) }));
    const chosen = () => inputs.filter((input) => input.checked).map((input) => input.value);
    const node = h("div", { class: "choices", role: type === "radio" ? "radiogroup" : "group", data: { action: element.action_id } },
      element.options.map((option, i) => h("label", { class: "choice" }, inputs[i],
        h("span", {}, textObject(option.text), option.description ? h("small", {}, textObject(option.description)) : null))));
    const read = () => (type === "radio" ? chosen()[0] ?? null : chosen().length ? chosen() : null);
    const write = (value) => { for (const input of inputs) input.checked = [value].flat().includes(input.value); };
    if (live) {
      let before = read();
      node.addEventListener("change", async () => {
        const picked = type === "radio" ? { selected_option: read() } : { selected_options: chosen() };
        if (await fire(node, element, block, ctx, picked)) before = read();
        else write(before);
      });
    }
    return { node, read, write };
  };
}

// Each maker answers a node, or a node with how to read and write its value.
export const ELEMENTS = {
  button, overflow,
  workflow_button: button,
  static_select: select("static", false), multi_static_select: select("static", true),
  users_select: select("users", false), multi_users_select: select("users", true),
  conversations_select: select("conversations", false), multi_conversations_select: select("conversations", true),
  channels_select: select("channels", false), multi_channels_select: select("channels", true),
  datepicker: picker("date", (element) => element.initial_date),
  timepicker: picker("time", (element) => element.initial_time, (value) => ({ value })),
  datetimepicker: dateTime,
  plain_text_input: typed("text"), number_input: typed("number"),
  email_text_input: typed("email"), url_text_input: typed("url"),
  checkboxes: ticks("checkbox"), radio_buttons: ticks("radio"),
};
