// One message as a person sees it, and lists of them.
import { act, complaint, post } from "./api.js";
import { drawBlocks } from "./blocks.js";
import { avatar, copyText, h, icon, toast } from "./dom.js";
import { emoji, QUICK } from "./emoji.js";
import { mrkdwn } from "./mrkdwn.js";
import { listbox, menu } from "./popover.js";
import { here } from "./store.js";
import { clockTime, dayKey, fromTs, longDay, shortDay } from "./when.js";

const CLOSE_TOGETHER = 5 * 60;

function author(message) {
  const bot = message.bot_id || message.user === here.botId();
  const id = bot ? here.botId() : message.user;
  const person = here.person(id);
  return { id, bot, name: bot ? message.username ?? here.botName() : person?.name ?? id ?? "Someone", title: person?.title, external: person?.external };
}

const isPrivate = (message) => Boolean(message.ephemeral);

function byline(message, who) {
  const date = fromTs(message.ts);
  return h("div", { class: "byline" },
    h("strong", { class: "author", title: who.title }, who.name),
    who.bot ? h("span", { class: "badge" }, "App") : null,
    who.external ? h("span", { class: "badge external" }, "External") : null,
    h("a", { class: "stamp", href: here.link(message.channel, message.thread_ts ?? null), title: `${longDay(date, here.zone())}, ${clockTime(date, here.zone())} (${here.zone()})` }, clockTime(date, here.zone())));
}

function sender(channel, message) {
  return async (action) => act("interact", { user: here.me, channel, message_ts: message.ts, wait: "ack", ...action });
}

// What a person typed comes with a block of its own that says the same as its text.
const typed = (message) => !message.bot_id && message.blocks?.length === 1 && message.blocks[0].type === "rich_text";

function body(channel, message) {
  const ctx = { send: sender(channel, message) };
  const edited = message.edited ? h("span", { class: "edited", title: "This message was changed" }, "(edited)") : null;
  const blocks = message.blocks?.length && !typed(message) ? drawBlocks(message.blocks, ctx) : null;
  const attached = (message.attachments ?? []).map((item) => h("div", { class: "attachment" }, item.blocks ? drawBlocks(item.blocks, ctx) : mrkdwn(item.text ?? item.fallback)));
  const files = (message.files ?? []).map((file) => h("div", { class: "file" }, "📄 ", h("span", {}, file.title ?? file.name ?? file.id)));
  const text = blocks || (!message.text && files.length) ? null : h("div", { class: "message-text" }, mrkdwn(message.text));
  return h("div", { class: "message-body" }, text, blocks, attached, files, edited);
}

async function react(channel, message, name) {
  const mine = message.reactions?.find((one) => one.name === name)?.users?.includes(here.me);
  await act("reaction", { channel, message_ts: message.ts, user: here.me, name, present: !mine, wait: "ack" });
}

function reactions(channel, message) {
  if (!message.reactions?.length) return null;
  return h("div", { class: "reactions" }, message.reactions.map((one) => {
    const who = (one.users ?? []).map((id) => here.person(id)?.name ?? id).join(", ");
    const mine = one.users?.includes(here.me);
    return h("button", { type: "button", class: `reaction ${mine ? "own" : ""}`, "aria-pressed": String(Boolean(mine)), "aria-label": `${one.name}, ${one.count ?? one.users.length}: ${who}`, title: `${who} reacted with :${one.name}:`,
      on: { click: () => react(channel, message, one.name) } }, emoji(one.name), " ", String(one.count ?? one.users.length));
  }));
}

function pickReaction(anchor, channel, message) {
  const grid = h("div", { class: "emoji-grid" }, QUICK.map((name) => h("button", { type: "button", role: "menuitem", "aria-label": name, title: `:${name}:`,
    on: { click: () => { anchor.focus(); document.querySelector(".popover")?.remove(); react(channel, message, name); } } }, emoji(name))));
  listbox(anchor, "Add reaction", grid);
}

async function shortcut(channel, message, callback) {
  const result = await post("shortcut", { user: here.me, callback_id: callback, channel, message_ts: message.ts, wait: "ack" });
  const wrong = complaint(result);
  if (wrong) toast(wrong, "bad");
}

function tool(name, label, run) {
  return h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, on: { click: (event) => run(event.currentTarget) } }, icon(name));
}

function hoverMenu(channel, message, inThread) {
  const actions = here.actor()?.external ? [] : here.state.shortcuts.filter((one) => one.type === "message");
  const address = message.permalink ?? location.origin + location.pathname + here.link(channel, message.thread_ts ?? message.ts);
  const more = actions.map((one) => ({ label: one.name, run: () => shortcut(channel, message, one.callback_id) }));
  return h("div", { class: "hover-menu", role: "toolbar", "aria-label": "Message actions" },
    tool("smile", "Add reaction", (anchor) => pickReaction(anchor, channel, message)),
    inThread ? null : tool("thread", "Reply in thread", () => { location.hash = here.link(channel, message.thread_ts ?? message.ts); }),
    more.length ? tool("bolt", more[0].label, more[0].run) : null,
    tool("link", "Copy link", () => copyText(address, "Link copied.")),
    more.length > 1 ? tool("more", "More message shortcuts", (anchor) => menu(anchor, "Message shortcuts", more)) : null);
}

function replyBar(channel, message) {
  if (!message.reply_count) return null;
  const last = message.latest_reply ? ` · last reply ${clockTime(fromTs(message.latest_reply), here.zone())}` : "";
  const faces = (message.reply_users ?? []).slice(0, 3).map((id) => avatar(id, here.person(id)?.name ?? id, id === here.botId() ? "bot tiny" : "tiny"));
  return h("a", { class: "replies", href: here.link(channel, message.ts) }, faces, h("strong", {}, message.reply_count === 1 ? "1 reply" : `${message.reply_count} replies`), h("span", { class: "muted" }, last));
}

function messageNode(channel, message, grouped, inThread) {
  const who = author(message);
  const alone = isPrivate(message);
  return h("article", { class: `message ${grouped ? "grouped" : ""} ${alone ? "ephemeral" : ""}`, "aria-label": `${who.name}, ${clockTime(fromTs(message.ts), here.zone())}`, tabindex: "-1", data: { ts: message.ts, testid: "message" } },
    h("div", { class: "gutter" }, grouped ? h("span", { class: "stamp small" }, clockTime(fromTs(message.ts), here.zone())) : avatar(who.id, who.name, who.bot ? "bot" : "")),
    h("div", { class: "content" },
      alone ? h("div", { class: "only-you" }, "👁 Only visible to you") : null,
      grouped ? null : byline({ ...message, channel }, who),
      body(channel, message), reactions(channel, message), inThread ? null : replyBar(channel, message)),
    alone ? null : hoverMenu(channel, message, inThread));
}

function system(message) {
  const who = here.person(message.user)?.name ?? message.user;
  return h("div", { class: "system muted", data: { ts: message.ts } }, mrkdwn(message.text || `${who}: ${message.subtype}`));
}

const SYSTEM = new Set(["channel_join", "channel_leave", "group_join", "group_leave", "channel_topic", "channel_name"]);

function together(before, message) {
  if (!before || SYSTEM.has(before.subtype)) return false;
  if (message.bot_id && message.blocks?.length) return false;
  return author(before).id === author(message).id && isPrivate(before) === isPrivate(message) && !isPrivate(message) && Number(message.ts) - Number(before.ts) < CLOSE_TOGETHER;
}

function dayRule(message) {
  const date = fromTs(message.ts);
  const today = dayKey(date, here.zone()) === dayKey(here.now(), here.zone());
  return h("div", { class: "day", role: "separator" }, h("span", {}, today ? "Today" : shortDay(date, here.zone())));
}

// Fills a log; messages that did not change keep their nodes, and with them focus and open menus.
export function fill(log, channel, messages, inThread = false) {
  const old = log.drawn ?? new Map();
  const next = new Map();
  const nodes = [];
  messages.forEach((message, i) => {
    const before = messages[i - 1];
    const sameDay = before && dayKey(fromTs(before.ts), here.zone()) === dayKey(fromTs(message.ts), here.zone());
    if (!sameDay && !inThread) nodes.push(dayRule(message));
    const grouped = Boolean(sameDay && together(before, message));
    const key = JSON.stringify([here.me, channel, grouped, message]);
    const id = `${message.ts}${isPrivate(message)}`;
    const kept = old.get(id);
    const node = kept?.key === key ? kept.node : SYSTEM.has(message.subtype) ? system(message) : messageNode(channel, message, grouped, inThread);
    next.set(id, { key, node });
    nodes.push(node);
    if (inThread && i === 0 && messages.length > 1) nodes.push(h("div", { class: "day", role: "separator" }, h("span", {}, messages.length === 2 ? "1 reply" : `${messages.length - 1} replies`)));
  });
  log.drawn = next;
  settle(log, nodes);
}

function settle(log, nodes) {
  const wanted = new Set(nodes);
  for (const node of [...log.children]) if (!wanted.has(node)) node.remove();
  nodes.forEach((node, i) => {
    if (log.children[i] !== node) log.insertBefore(node, log.children[i] ?? null);
  });
}
