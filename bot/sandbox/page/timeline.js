// The middle of the page: one channel's messages, and the thread beside it.
import { get, post } from "./api.js";
import { byId, h, icon } from "./dom.js";
import { fill } from "./messages.js";
import { here, tell, when } from "./store.js";

const drawn = { channel: null, thread: null };

const atEnd = (log) => log.scrollHeight - log.scrollTop - log.clientHeight < 120;

// Text set in a font that arrives late, or a composer that grows, must not hide the last message.
function toEnd(log) {
  log.following = true;
  log.scrollTop = log.scrollHeight;
  requestAnimationFrame(() => { log.scrollTop = log.scrollHeight; });
}

function keepEnd(log) {
  log.addEventListener("scroll", () => { log.following = atEnd(log); }, { passive: true });
  new ResizeObserver(() => log.following && toEnd(log)).observe(log);
}

async function read(channel, messages) {
  const last = messages.filter((message) => !message.ephemeral).at(-1);
  const seen = here.channel(channel);
  if (!last || !seen || document.hidden || !seen.unread) return;
  await post("read", { user: here.me, channel, ts: last.ts });
  tell("stale");
}

function introduction(channel) {
  if (!channel) return "";
  const words = channel.is_im ? `This is the conversation with ${here.botName()}. Type a command, or just write.` : `This is the very beginning of #${channel.name}.`;
  return h("div", { class: "empty" }, h("h3", {}, channel.is_im ? here.botName() : `#${channel.name}`), h("p", {}, words));
}

async function showChannel() {
  const place = here.place;
  if (!place || place === "home") return;
  const me = here.me;
  const result = await get(`messages/${place}`, { user: me });
  if (here.place !== place || here.me !== me) return;
  const log = byId("log");
  const moved = drawn.channel !== `${me}/${place}`;
  const follow = moved || atEnd(log);
  if (moved) log.drawn = new Map();
  drawn.channel = `${me}/${place}`;
  const messages = (result.messages ?? []).filter((message) => !message.thread_ts || message.thread_ts === message.ts || message.subtype === "thread_broadcast");
  if (result.ok === false) log.replaceChildren(h("div", { class: "empty" }, h("p", {}, result.detail)));
  else if (messages.length) fill(log, place, messages);
  else log.replaceChildren(introduction(here.channel(place)));
  if (follow) toEnd(log);
  await read(place, messages);
}

async function showThread() {
  const { place, thread, me } = here;
  byId("thread").hidden = !thread;
  document.body.classList.toggle("with-thread", Boolean(thread));
  if (!thread) return;
  const result = await get(`messages/${place}`, { user: me, thread_ts: thread });
  if (here.thread !== thread || here.me !== me) return;
  const log = byId("thread-log");
  const mine = `${me}/${place}/${thread}`;
  const follow = drawn.thread !== mine || atEnd(log);
  if (drawn.thread !== mine) log.drawn = new Map();
  drawn.thread = mine;
  const messages = result.messages ?? [];
  if (messages.length) fill(log, place, messages, true);
  else log.replaceChildren(h("div", { class: "empty" }, h("p", {}, result.detail ?? "That message is not there.")));
  if (follow) toEnd(log);
}

export function glow(ts) {
  const node = [...document.querySelectorAll("article.message")].find((message) => message.dataset.ts === ts);
  if (!node) return;
  node.scrollIntoView({ block: "center" });
  node.classList.add("glow");
  node.focus({ preventScroll: true });
}

let waiting = null;

// Several events in one moment lead to one drawing.
function soon() {
  waiting ??= setTimeout(async () => {
    waiting = null;
    await Promise.all([showChannel(), showThread()]);
  }, 15);
}

function head() {
  const channel = here.channel(here.place);
  const home = here.place === "home";
  const title = home ? "Home" : channel?.is_im || here.place === "dm" ? here.botName() : channel?.name ?? "";
  byId("place-icon").replaceChildren(home ? icon("home") : channel?.is_im || here.place === "dm" ? icon("bolt") : icon(channel?.is_private ? "lock" : "hash"));
  byId("place-name").textContent = title;
  byId("place-about").textContent = home ? `What ${here.botName()} shows to ${here.actor()?.name ?? ""}, live` : channel?.is_im || here.place === "dm" ? "App" : [channel?.topic?.value ?? channel?.topic, channel?.members ? `${channel.members.length} members` : null].filter((one) => typeof one === "string" && one).join(" · ");
  document.title = `${channel && !channel.is_im ? "#" : ""}${title} · Sandbox workspace`;
  byId("home").hidden = !home;
  byId("log").hidden = home;
  byId("composer").hidden = home;
  byId("log").setAttribute("aria-label", `Messages in ${title}`);
}

export async function show() {
  head();
  await Promise.all([showChannel(), showThread()]);
}

export function start() {
  for (const kind of ["message", "changed", "deleted", "reaction", "ephemeral"]) {
    when(kind, (event) => (!event.channel || event.channel === here.place) && (!event.user || event.user === here.me || kind !== "ephemeral") && soon());
  }
  // "Today" is another day now.
  when("clock", soon);
  for (const kind of ["world", "reset"]) when(kind, () => { byId("log").drawn = new Map(); soon(); });
  when("known", head);
  for (const id of ["log", "thread-log"]) keepEnd(byId(id));
  byId("thread-close").append(icon("close"));
  byId("thread-close").addEventListener("click", () => {
    location.hash = here.link(here.place);
    byId("composer").querySelector("textarea")?.focus();
  });
  document.addEventListener("visibilitychange", () => document.hidden || soon());
}
