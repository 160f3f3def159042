// The workspace's clock: the badge, the ways to move it, and what happened meanwhile.
import { complaint, get, post } from "./api.js";
import { byId, h, toast } from "./dom.js";
import { openTool } from "./drawer.js";
import { plain } from "./mrkdwn.js";
import { here, when } from "./store.js";
import { clockTime, instantOf, longDay, shortDay, zoneOffset } from "./when.js";

const STEPS = [["PT1H", "+1 hour"], ["P1D", "+1 day"], ["P1W", "+1 week"]];

function drawBadge() {
  const now = here.now();
  const moved = Math.abs(here.offset) > 60000;
  byId("clock-badge").replaceChildren(
    h("span", {}, `${shortDay(now, here.zone())}, ${clockTime(now, here.zone())}`),
    ...(moved ? [h("span", { class: "badge warn", title: "This is the workspace's own clock" }, shortDay(now) === shortDay(new Date()) ? "≠ real time" : "≠ real date")] : []));
  const big = byId("clock-now");
  if (!big) return;
  big.replaceChildren(
    h("strong", {}, longDay(now, here.zone())),
    h("span", {}, `${clockTime(now, here.zone())}, ${here.zone()} (${zoneOffset(now, here.zone())})`),
    h("small", { class: "muted" }, moved ? `The real date is ${longDay(new Date(), here.zone())}. Time only goes forward here; Reset goes back.` : "The same as the real date."));
}

// The message an event left behind, in the acting person's view or that of one who is in the room.
async function messageOf(event, everybody) {
  if (!event.channel || !event.ts) return null;
  const room = everybody.channels?.find((channel) => channel.id === event.channel) ?? here.channel(event.channel);
  const bot = here.botId();
  const reader = !room || room.members.includes(here.me) ? here.me : room.members.find((id) => id !== bot);
  if (!reader) return null;
  const result = await get(`messages/${event.channel}`, { user: reader });
  const message = result.messages?.find((one) => one.ts === event.ts);
  const where = room?.is_im ? `to ${here.person(reader)?.name ?? reader}` : `in #${room?.name ?? event.channel}`;
  const place = room?.is_im ? "dm" : event.channel;
  return { where, text: message ? plain(message.text) : event.kind, address: `${here.link(place, message?.thread_ts && message.thread_ts !== event.ts ? message.thread_ts : null, reader)}@${event.ts}` };
}

async function eventRow(event, everybody) {
  const found = await messageOf(event, everybody);
  const at = new Date(event.at);
  return h("li", { data: { testid: "event" } },
    h("small", { class: "muted" }, `${shortDay(at, here.zone())}, ${clockTime(at, here.zone())}`),
    found ? h("a", { href: found.address }, h("strong", {}, found.where), " ", h("span", {}, found.text)) : h("span", {}, [event.kind, event.key].filter(Boolean).join(" · ")));
}

async function away(result) {
  const list = byId("away");
  list.hidden = false;
  // The app itself sees every direct conversation.
  const everybody = await get("state", { user: here.botId() });
  const said = (result.events ?? []).filter((event) => event.channel && event.ts);
  const shown = said.length ? said : result.events ?? [];
  const rows = await Promise.all(shown.slice(0, 60).map((event) => eventRow(event, everybody)));
  list.replaceChildren(
    h("h3", {}, "What happened while you were away"),
    h("p", { class: "muted" }, `From ${shortDay(new Date(result.from), here.zone())}, ${clockTime(new Date(result.from), here.zone())} to ${shortDay(new Date(result.now), here.zone())}, ${clockTime(new Date(result.now), here.zone())}.`),
    rows.length ? h("ol", { class: "events" }, rows) : h("p", {}, "Nothing: no reminder was due."),
    result.truncated ? h("p", { class: "badge warn" }, "Stopped early: too much happened. Move the clock once more to go on.") : "");
}

async function move(body, button) {
  const all = byId("tool-clock").querySelectorAll("button");
  for (const one of all) one.disabled = true;
  button.classList.add("pending");
  const result = await post("clock", body);
  button.classList.remove("pending");
  for (const one of all) one.disabled = false;
  const wrong = complaint(result);
  if (wrong) return toast(wrong, "bad");
  here.offset = new Date(result.now) - Date.now();
  drawBadge();
  await away(result);
}

function stepButton(body, label) {
  const node = h("button", { type: "button", class: "button", on: { click: () => move(body, node) } }, label);
  return node;
}

export function start() {
  const field = h("input", { type: "datetime-local", class: "field", id: "clock-to" });
  const go = h("button", { type: "submit", class: "button primary" }, "Go");
  const set = (event) => {
    event.preventDefault();
    if (!field.value) return;
    move({ to: instantOf(field.value.slice(0, 16), here.zone()).toISOString().replace(/\.\d+Z$/, "+00:00") }, go);
  };
  byId("tool-clock").append(
    h("div", { class: "card-box", id: "clock-now" }),
    h("div", { class: "button-row" }, STEPS.map(([advance, label]) => stepButton({ advance }, label)), stepButton({ to: "next" }, "Next event")),
    h("form", { class: "clock-form", on: { submit: set } }, h("label", { for: "clock-to" }, "Set date and time (your zone)"), h("div", { class: "row" }, field, go)),
    h("section", { id: "away", hidden: true, "aria-live": "polite", data: { testid: "away" } }));
  byId("clock-badge").addEventListener("click", () => openTool("clock"));
  for (const kind of ["known", "moved", "open-clock"]) when(kind, drawBadge);
  when("reset", () => { byId("away").hidden = true; });
  setInterval(drawBadge, 10000);
}
