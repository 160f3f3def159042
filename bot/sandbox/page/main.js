// Starts the page: loads what the acting person sees and follows the address.
import { get, listen, complaint } from "./api.js";
import * as clock from "./clock.js";
import { composer } from "./composer.js";
import { byId, icon, toast } from "./dom.js";
import * as drawer from "./drawer.js";
import * as faults from "./faults.js";
import * as home from "./home.js";
import * as inspector from "./inspector.js";
import * as modal from "./modal.js";
import * as rail from "./rail.js";
import { here, memory, tell, when } from "./store.js";
import * as timeline from "./timeline.js";
import * as tour from "./tour.js";

async function know(user = here.me) {
  const state = await get("state", { user });
  if (state.ok === false) {
    toast(complaint(state), "bad");
    return false;
  }
  if (user !== here.me) return false;
  here.state = state;
  here.offset = new Date(state.now) - Date.now();
  byId("team-name").textContent = state.team?.name ?? "Sandbox workspace";
  byId("connected").hidden = Boolean(state.connected);
  tell("known");
  return true;
}

let knowing = null;
const stale = () => {
  knowing ??= setTimeout(async () => {
    knowing = null;
    await know();
  }, 120);
};

function address() {
  const [path, ts] = decodeURIComponent(location.hash.slice(1)).split("@");
  const [person, place, thread] = path.split("/");
  return { person, place, thread: thread || null, ts };
}

function byWord(word) {
  return here.state.users.find((user) => user.id === word || user.handle === word);
}

function someone() {
  const people = here.people();
  return people.find((user) => user.handle === memory.get("acting")) ?? people.find((user) => !user.external && /chair/i.test(`${user.title} ${user.handle}`)) ?? people[0];
}

function firstPlace() {
  const mine = here.state.channels.filter((channel) => !channel.is_im && channel.members?.includes(here.me) && channel.members.includes(here.botId()));
  return (mine.find((channel) => channel.name.startsWith("wg-") && !channel.name.startsWith("wg-all") && !channel.is_private) ?? mine[0] ?? here.state.channels[0])?.id ?? "dm";
}

async function follow() {
  const wanted = address();
  const person = byWord(wanted.person) ?? someone();
  if (!person) return;
  const changed = person.id !== here.me;
  here.me = person.id;
  memory.set("acting", person.handle);
  if (changed) await know();
  here.place = here.find(wanted.place) ?? firstPlace();
  here.thread = here.place === "home" ? null : wanted.thread;
  // Both panes need a wide window; the one asked for last stays.
  if (here.thread && innerWidth <= 1500) drawer.openTool(null);
  tell("moved");
  if (changed) tell("acting");
  if (here.place === "home") {
    await timeline.show();
    await home.open();
  } else {
    await timeline.show();
    if (wanted.ts) timeline.glow(wanted.ts);
  }
}

// A direct conversation has no id until its first message.
function settleDm() {
  const dm = here.place === "dm" && here.botDm();
  if (!dm) return;
  here.place = dm.id;
  tell("moved");
  timeline.show();
}

async function begin() {
  const first = await get("state");
  if (first.ok === false) return toast(complaint(first), "bad");
  here.state = first;
  here.offset = new Date(first.now) - Date.now();
  for (const part of [drawer, rail, timeline, home, modal, inspector, clock, faults]) part.start();
  composer(byId("composer"));
  composer(byId("thread-composer"), { inThread: true });
  for (const [id, name] of [["shield", "shield"], ["tour-icon", "help"]]) byId(id).append(icon(name));
  for (const kind of ["message", "deleted", "clock", "world", "faults", "reset", "stale"]) when(kind, stale);
  when("known", settleDm);
  let lost = false;
  when("online", (on) => {
    byId("offline").hidden = on;
    if (on && lost) { stale(); timeline.show(); modal.refresh(); }
    lost = !on;
  });
  globalThis.addEventListener("hashchange", follow);
  await follow();
  listen();
  tour.start();
  document.body.dataset.ready = "yes";
}

begin();
