// The inspector: everything between the workspace and the app, newest first.
import { get } from "./api.js";
import { byId, copyText, h } from "./dom.js";
import { toolShown } from "./drawer.js";
import { here, when } from "./store.js";
import { zoned } from "./when.js";

const KEPT = 500;
const LATE = 3000;
const ARROWS = { to_bot: ["→", "to the app"], from_bot: ["←", "from the app"], ack: ["✓", "acknowledged"] };

let entries = [];
let last = 0;
let red = 0;
let way = "";
let part = "";
let reading = null;

function trouble(entry) {
  if (entry.error) return String(entry.error);
  if (entry.way === "ack" && entry.ms > LATE) return "no acknowledgement within 3 s";
  return null;
}

function quoted(value) {
  return `'${JSON.stringify(value).replaceAll("'", "'\\''")}'`;
}

function control(call, body) {
  return `curl -s ${location.origin}/_control/${call} -H 'content-type: application/json' -d ${quoted(body)}`;
}

// The gesture that leads to the same payload, for a shell.
function gesture(kind, payload) {
  const user = payload.user_id ?? payload.user?.id ?? payload.event?.user;
  if (payload.command) return control("command", { user, channel: payload.channel_id, command: payload.command, text: payload.text });
  if (payload.type === "block_actions") {
    const action = payload.actions?.[0] ?? {};
    const where = payload.view ? { view_id: payload.view.id } : { channel: payload.channel?.id ?? payload.container?.channel_id, message_ts: payload.message?.ts ?? payload.container?.message_ts };
    return control("interact", { user, ...where, action: action.action_id, block_id: action.block_id, value: action.value ?? action.selected_option?.value ?? action.selected_date });
  }
  if (payload.type === "view_submission") return control("submit", { user, view_id: payload.view?.id, values: payload.view?.state?.values ?? {} });
  if (payload.type === "view_closed") return control("close", { user, view_id: payload.view?.id });
  if (["message_action", "shortcut"].includes(payload.type)) return control("shortcut", { user, callback_id: payload.callback_id, channel: payload.channel?.id, message_ts: payload.message?.ts });
  if (payload.event?.type === "message") return control("message", { user, channel: payload.event.channel, text: payload.event.text });
  return `# ${kind}: sent by the workspace itself\n# ${JSON.stringify(payload)}`;
}

function curl(entry) {
  const payload = entry.payload ?? {};
  if (entry.way === "from_bot") {
    return `curl -s ${location.origin}/api/${entry.kind} -H 'Authorization: Bearer '"$SLACK_BOT_TOKEN" -H 'content-type: application/json; charset=utf-8' -d ${quoted(payload)}`;
  }
  return gesture(entry.kind, payload);
}

// A word more than the envelope's kind: which event, which command, which button.
function detail(entry) {
  const payload = entry.payload ?? {};
  if (entry.way !== "to_bot") return payload.channel ?? null;
  return [payload.command ?? payload.event?.type ?? payload.type, payload.text ?? payload.actions?.[0]?.action_id ?? payload.callback_id].filter(Boolean).join(" ");
}

function row(entry) {
  const [arrow, said] = ARROWS[entry.way] ?? ["·", entry.way];
  const wrong = trouble(entry);
  const node = h("details", { class: `entry ${entry.way} ${wrong ? "wrong" : ""}`, data: { testid: "entry", way: entry.way, seq: entry.seq, state: `${entry.ms}${entry.error}` } },
    h("summary", {},
      h("span", { class: "arrow", title: said, "aria-label": said }, arrow),
      h("span", { class: "kind" }, entry.kind, " ", h("span", { class: "muted" }, detail(entry)), wrong ? h("span", { class: "why" }, wrong) : null),
      entry.ms === null || entry.ms === undefined ? null : h("span", { class: `ms ${entry.ms > LATE ? "late" : ""}` }, `${Math.round(entry.ms * 10) / 10} ms`),
      h("span", { class: "at muted" }, zoned(new Date(entry.at), here.zone(), { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }))));
  node.addEventListener("toggle", () => {
    if (!node.open || node.children.length > 1) return;
    const rest = Object.fromEntries(Object.entries(entry).filter(([name, value]) => !["seq", "at", "way", "kind", "ms"].includes(name) && value !== null));
    node.append(
      h("div", { class: "entry-tools" },
        h("button", { type: "button", class: "button small", on: { click: () => copyText(JSON.stringify(entry.payload, null, 2), "JSON copied.") } }, "Copy JSON"),
        entry.way === "ack" ? null : h("button", { type: "button", class: "button small", on: { click: () => copyText(curl(entry), "curl command copied.") } }, "Copy as curl")),
      h("pre", { class: "json" }, JSON.stringify(rest, null, 2)));
  });
  return node;
}

function fits(entry) {
  if (way === "wrong" ? !trouble(entry) : way && entry.way !== way) return false;
  return !part || `${entry.kind} ${JSON.stringify(entry.payload)}`.toLowerCase().includes(part);
}

function draw() {
  if (!toolShown("inspector")) return;
  const list = byId("entries");
  const drawn = new Map([...list.children].map((node) => [node.dataset.seq, node]));
  list.replaceChildren(...entries.filter(fits).slice(-KEPT).reverse().map((entry) => {
    const kept = drawn.get(String(entry.seq));
    if (kept?.dataset.state === `${entry.ms}${entry.error}`) return kept;
    const fresh = row(entry);
    fresh.open = Boolean(kept?.open);
    return fresh;
  }));
  if (!list.children.length) list.append(h("p", { class: "muted pad" }, "Nothing yet. Type a command and watch it go to the app and come back."));
}

function badge() {
  red = entries.filter((entry) => trouble(entry)).length;
  const mark = byId("inspector-badge");
  mark.textContent = red ? String(Math.min(red, 99)) : "";
  mark.hidden = !red;
}

// Entries are completed later: with their time, their answer, their error.
function unfinished() {
  const open = entries.slice(-60).filter((entry) => entry.way !== "ack" && entry.ms === null);
  return Math.min(last + 1, ...open.map((entry) => entry.seq)) - 1;
}

async function read() {
  const result = await get("log", { after: unfinished() });
  const fresh = result.log ?? [];
  if (!fresh.length) return;
  last = Math.max(last, ...fresh.map((entry) => entry.seq));
  const known = new Map([...entries, ...fresh].map((entry) => [entry.seq, entry]));
  entries = [...known.values()].sort((one, other) => one.seq - other.seq).slice(-KEPT);
  badge();
  draw();
}

function soon() {
  reading ??= setTimeout(async () => {
    reading = null;
    await read();
  }, 60);
}

function filter(value, label) {
  const node = h("button", { type: "button", class: "segment", "aria-pressed": String(value === way), on: { click: () => {
    way = value;
    for (const other of node.parentElement.children) other.setAttribute("aria-pressed", String(other === node));
    draw();
  } } }, label);
  return node;
}

export function start() {
  byId("tool-inspector").append(
    h("div", { class: "tool-bar" },
      h("div", { class: "segments", role: "group", "aria-label": "Show" }, filter("", "All"), filter("to_bot", "→ To app"), filter("from_bot", "← From app"), filter("ack", "✓ Acks"), filter("wrong", "Problems")),
      h("input", { class: "field", type: "search", placeholder: "Find in traffic", "aria-label": "Find in traffic", on: { input: (event) => { part = event.target.value.toLowerCase(); draw(); } } })),
    h("div", { id: "entries", role: "list", "aria-label": "Traffic", data: { testid: "entries" } }));
  when("log", soon);
  when("open-inspector", draw);
  when("reset", () => { entries = []; badge(); draw(); });
  read();
}
