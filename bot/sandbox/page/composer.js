// Where a person writes: messages, commands, replies.
import { act, complaint, post } from "./api.js";
import { h, icon } from "./dom.js";
import { menu } from "./popover.js";
import { suggestions } from "./suggest.js";
import { here, when } from "./store.js";

const drafts = new Map();

function refusal(text, inThread) {
  const word = text.match(/^\/\S+/)?.[0];
  if (!word) return null;
  if (inThread) return `${word} is not supported in threads. Sorry!`;
  if (here.actor()?.external) return `${word} is not available to you: people from other organisations have no commands. Mention @${here.person(here.botId())?.handle ?? "the app"} or use a button instead.`;
  if (!here.state.commands.some((one) => one.command === word)) return `${word} is not a valid command. A message that starts with “/” is read as a command; put a space before it to send it as text.`;
  return null;
}

function request(text, inThread) {
  const channel = here.place === "dm" ? "dm" : here.place;
  const [, command, rest] = text.match(/^(\/\S+)\s*([\s\S]*)$/) ?? [];
  if (command) return ["command", { channel, user: here.me, command, text: rest, wait: "ack" }];
  return ["message", { channel, user: here.me, text, wait: "ack", ...(inThread ? { thread_ts: here.thread } : {}) }];
}

const shortcuts = () => here.state.shortcuts.filter((one) => one.type === "global");

function offer(anchor) {
  menu(anchor, "Shortcuts", shortcuts().map((one) => ({
    label: one.name,
    description: one.description,
    run: () => act("shortcut", { user: here.me, callback_id: one.callback_id, wait: "ack" }),
  })));
}

export function composer(host, { inThread = false } = {}) {
  const id = inThread ? "thread-write" : "write";
  const box = h("div", { class: "suggestions", role: "listbox", id: `${id}-menu`, hidden: true, data: { testid: `${id}-menu` } });
  const note = h("div", { class: "composer-note", role: "alert", data: { testid: `${id}-note` } });
  const field = h("textarea", { id, rows: 1, autocomplete: "off", "aria-autocomplete": "list", "aria-controls": `${id}-menu`, "aria-expanded": "false", dir: "auto" });
  const send = h("button", { type: "button", class: "send", "aria-label": "Send" }, icon("send"));
  const start = h("button", { type: "button", class: "send", "aria-label": "Shortcuts", title: "Shortcuts", on: { click: () => offer(start) } }, icon("bolt"));
  const help = h("div", { class: "composer-help muted" });
  host.append(box, note, h("div", { class: "composer-box" }, inThread ? null : start, field, send), help);
  const hints = suggestions(field, box, inThread);
  const key = () => `${here.me}/${here.place}${inThread ? `/${here.thread}` : ""}`;

  const grow = () => {
    field.style.setProperty("height", "auto");
    if (field.scrollHeight) field.style.setProperty("height", `${Math.min(field.scrollHeight, 220)}px`);
    send.classList.toggle("ready", Boolean(field.value.trim()));
  };
  const say = (text) => {
    note.textContent = text ?? "";
  };
  const restore = () => {
    field.value = drafts.get(key()) ?? "";
    say(null);
    hints.close();
    grow();
    const channel = here.channel(here.place);
    const where = channel?.is_im || here.place === "dm" ? here.botName() : `#${channel?.name ?? ""}`;
    field.placeholder = inThread ? "Reply…" : `Message ${where}${here.actor()?.external ? "" : "  —  or type / for a command"}`;
    field.setAttribute("aria-label", inThread ? "Reply in thread" : `Message ${where}`);
    help.hidden = inThread;
    help.textContent = `Enter sends · Shift+Enter new line${here.actor()?.external ? "" : " · / commands"} · @ people`;
    start.hidden = Boolean(here.actor()?.external) || !shortcuts().length;
  };
  const submit = async () => {
    const text = field.value.replace(/\s+$/, "");
    if (!text.trim()) return;
    const refused = refusal(text, inThread);
    if (refused) return say(refused);
    const [path, body] = request(text, inThread);
    const place = key();
    field.value = "";
    drafts.delete(place);
    say(null);
    hints.close();
    grow();
    send.classList.add("pending");
    const result = await post(path, body);
    send.classList.remove("pending");
    // What was sent but not answered is told in the channel, as Slack does; a refused text comes back.
    if (result.ok !== false || key() !== place) return;
    field.value ||= text;
    say(complaint(result));
    grow();
  };

  field.addEventListener("input", () => {
    drafts.set(key(), field.value);
    say(null);
    grow();
    hints.update();
  });
  field.addEventListener("grow", grow);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (hints.key(event)) return event.preventDefault();
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    submit();
  });
  send.addEventListener("click", submit);
  when("moved", restore);
  return { field, restore };
}
