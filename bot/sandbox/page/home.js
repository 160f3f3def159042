// The App Home of the acting person, drawn anew whenever the app publishes it.
import { act, get, post } from "./api.js";
import { drawBlocks } from "./blocks.js";
import { byId, h } from "./dom.js";
import { here, when } from "./store.js";

let drawn = "";
let asked = 0;

async function show() {
  if (here.place !== "home") return;
  asked += 1;
  const mine = asked;
  const result = await get(`home/${here.me}`);
  if (mine !== asked || here.place !== "home") return;
  const view = result.view ?? result.home ?? null;
  const json = JSON.stringify([here.me, view]);
  if (json === drawn) return;
  drawn = json;
  const log = byId("home");
  const top = log.scrollTop;
  const send = (action) => act("interact", { user: here.me, view_id: view.id, wait: "ack", ...action });
  log.replaceChildren(view ? h("div", { class: "home-sheet", data: { testid: "home" } }, drawBlocks(view.blocks, { send })) : empty());
  log.scrollTop = top;
}

function empty() {
  const actor = here.actor();
  const why = actor?.external ? "People from other organisations have no Home here; the app writes to them in their messages." : `${here.botName()} has published nothing here yet.`;
  return h("div", { class: "empty", data: { testid: "home-empty" } }, h("h3", {}, "Nothing here yet"), h("p", {}, why));
}

export async function open() {
  drawn = "";
  await show();
  if (!here.actor()?.external) await post("open-home", { user: here.me, wait: "ack" });
  await show();
}

export function start() {
  when("home", (event) => (!event.user || event.user === here.me) && show());
  when("reset", () => { drawn = ""; show(); });
}
