// The left rail: who acts, and where they can look.
import { avatar, byId, h, icon } from "./dom.js";
import { listbox, closeMenu } from "./popover.js";
import { here, when } from "./store.js";
import { clockTime, zoneOffset } from "./when.js";

const city = (zone) => String(zone ?? "UTC").split("/").at(-1).replaceAll("_", " ");
const localTime = (user) => `${clockTime(here.now(), user.tz)} ${city(user.tz)}`;

function personRow(user) {
  const run = () => {
    closeMenu();
    const place = ["home", "dm"].includes(here.place) || here.channel(here.place)?.is_im ? (here.place === "home" ? "home" : "dm") : here.place;
    location.hash = here.link(place, null, user.id);
  };
  return h("button", { type: "button", class: "person", role: "option", "aria-selected": String(user.id === here.me), data: { handle: user.handle }, on: { click: run } },
    avatar(user.id, user.name),
    h("span", { class: "person-words" },
      h("strong", {}, user.name, user.external ? h("span", { class: "badge external" }, "External") : null),
      h("small", {}, [user.title, `@${user.handle}`].filter(Boolean).join(" · ")),
      h("small", {}, `${localTime(user)} (${zoneOffset(here.now(), user.tz)})`)));
}

function pickPerson(anchor) {
  const all = here.people();
  const list = h("div", { class: "options people", role: "listbox", "aria-label": "People" });
  const fill = (part) => {
    const found = all.filter((user) => `${user.name} ${user.handle} ${user.title ?? ""}`.toLowerCase().includes(part.toLowerCase()));
    const sets = [["This organisation", found.filter((user) => !user.external)], ["From other organisations (Slack Connect)", found.filter((user) => user.external)]];
    list.replaceChildren(...sets.flatMap(([label, users]) => (users.length ? [h("div", { class: "menu-label" }, label), ...users.map(personRow)] : [])));
  };
  fill("");
  const search = h("input", { class: "field", type: "search", placeholder: "Find a person or role", "aria-label": "Find a person or role", on: { input: (event) => fill(event.target.value) } });
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") list.querySelector("button")?.click();
  });
  listbox(anchor, "Act as", [search, list]).classList.add("people-menu");
}

function drawActor() {
  const user = here.actor();
  if (!user) return;
  byId("actor").replaceChildren(
    avatar(user.id, user.name),
    h("span", { class: "person-words" },
      h("small", { class: "overline" }, "Acting as"),
      h("strong", {}, user.name),
      h("small", {}, user.external ? "External · no commands" : user.title || `@${user.handle}`),
      h("small", { class: "local-time" }, localTime(user))),
    icon("chevron"));
  byId("actor").dataset.handle = user.handle;
  byId("actor").setAttribute("aria-label", `Acting as ${user.name}. Choose another person`);
}

function placeLink(place, label, symbol, unread) {
  const on = here.place === place;
  const marks = typeof unread === "number" && unread > 0;
  return h("a", { href: here.link(place), class: `place ${on ? "on" : ""} ${unread ? "unread" : ""}`, "aria-current": on ? "page" : undefined, data: { place: label } },
    symbol, h("span", { class: "place-label" }, label),
    unread && !on ? h("span", { class: "count", "aria-label": `${marks ? unread : ""} unread` }, marks ? String(Math.min(unread, 99)) : "•") : null);
}

function drawPlaces() {
  const dm = here.botDm();
  const channels = here.state.channels.filter((channel) => !channel.is_im && !channel.is_archived).sort((one, other) => one.name.localeCompare(other.name));
  const mine = channels.filter((channel) => channel.members?.includes(here.me));
  const others = channels.filter((channel) => !channel.members?.includes(here.me) && !channel.is_private);
  const row = (channel) => placeLink(channel.id, channel.name, icon(channel.is_private ? "lock" : "hash"), channel.members?.includes(here.me) ? channel.unread : 0);
  byId("places").replaceChildren(
    h("h2", {}, "App"),
    placeLink("home", "Home", icon("home"), 0),
    placeLink(dm?.id ?? "dm", here.botName(), avatar(here.botId(), here.botName(), "bot tiny"), dm?.unread ?? 0),
    h("h2", {}, "Channels"), ...mine.map(row),
    ...(others.length ? [h("h2", {}, "Other channels"), ...others.map(row)] : []));
}

export function draw() {
  drawActor();
  drawPlaces();
}

export function start() {
  byId("actor").addEventListener("click", () => pickPerson(byId("actor")));
  when("known", draw);
  when("moved", draw);
  setInterval(drawActor, 20000);
}
