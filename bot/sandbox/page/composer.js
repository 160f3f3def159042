// Where a person writes: messages, commands, replies.
import { complaint, post } from "./api.js";
import { h, icon } from "./dom.js";
import { suggestions } from "./suggest.js";
import { here, when } from "./store.js";

const drafts = new Map();

function refusal(text, inThread) {
  const word = text.match(/^\/\S+/)?.[0];
  if (!word) return null;
  if (inThread) return `${word} is not supported in threads. Sorry!`;
  if (here.actor()?.external) return `${word} is not available to you: people from other organisations have no commands. Mention @${here.state.bot?.handle ?? here.state.bot?.name ?? "the app"} or use a button instead.`;
  if (!here.state.commands.some((one) => one.command === word)) return `${word} is not a valid command. A message that starts with “/” is read as a command; put a space before it to send it as text.`;
  return null;
}

function request(text, inThread) {
  const channel = here.place === "dm" ? "dm" : here.place;
  const [, command, rest] = text.match(/^(\/\S+)\s*([\s\S]*)$/) ?? [];
  if (command) return ["command", { channel, user: here.me, command, text: rest, wait: "ack" }];
  return ["message", { channel, user: here.me, text, wait: "ack", ...(inThread ? { thread_ts: here.thread } : {}) }];
}

export function composer(host, { inThread = false } = {}) {
  const id = inThread ? "thread-write" : "write";
  const box = h("div", { class: "suggestions", role: "listbox", id: `${id}-menu`, hidden: true, data: { testid: `${id}-menu` } });
  const note = h("div", { class: "composer-note", role: "alert", data: { testid: `${id}-note` } });
  const field = h("textarea", { id, rows: 1, autocomplete: "off", "aria-autocomplete": "list", "aria-controls": `${id}-menu`, "aria-expanded": "false", dir: "auto" });
  const send = h("button", { type: "button", class: "send", "aria-label": "Send" }, icon("send"));
  const help = h("div", { class: "composer-help muted" }, "Enter sends · Shift+Enter new line · / commands · @ people");
  host.append(box, note, h("div", { class: "composer-box" }, field, send), help);
  const menu = suggestions(field, box, inThread);
  const key = () => `${here.me}/${here.place}${inThread ? `/${here.thread}` : ""}`;

  const grow = () => {
    field.style.setProperty("height", "auto");
    field.style.setProperty("height", `${Math.min(field.scrollHeight, 220)}px`);
    send.classList.toggle("ready", Boolean(field.value.trim()));
  };
  const say = (text) => {
    note.textContent = text ?? "";
  };
  const restore = () => {
    field.value = drafts.get(key()) ?? "";
    say(null);
    menu.close();
    grow();
    const channel = here.channel(here.place);
    const where = channel?.is_im || here.place === "dm" ? here.botName() : `#${channel?.name ?? ""}`;
    field.placeholder = inThread ? "Reply…" : `Message ${where}${here.actor()?.external ? "" : "  —  or type / for a command"}`;
    field.setAttribute("aria-label", inThread ? "Reply in thread" : `Message ${where}`);
    help.hidden = inThread;
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
    menu.close();
    grow();
    send.classList.add("pending");
    const result = await post(path, body);
    send.classList.remove("pending");
    const wrong = complaint(result);
    if (!wrong) return;
    // A refused text goes back to where it was typed; one that was sent is not sent twice.
    if (result.ok === false && key() === place && !field.value) field.value = text;
    if (key() === place) say(body.command && result.acked === false ? `${body.command} failed: ${wrong}` : wrong);
    grow();
  };

  field.addEventListener("input", () => {
    drafts.set(key(), field.value);
    say(null);
    grow();
    menu.update();
  });
  field.addEventListener("grow", grow);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (menu.key(event)) return event.preventDefault();
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    submit();
  });
  send.addEventListener("click", submit);
  when("moved", restore);
  return { field, restore };
}
