// What the page knows: who acts, where they look, and the workspace as that person sees it.

const SLACKBOT = { id: "USLACKBOT", name: "Slackbot", handle: "slackbot", title: "", is_bot: true };

export const here = {
  me: null,
  place: null,
  thread: null,
  state: { users: [], channels: [], commands: [], shortcuts: [], faults: [] },
  offset: 0,

  person(id) {
    return this.state.users.find((user) => user.id === id) ?? (id === SLACKBOT.id ? SLACKBOT : undefined);
  },
  actor() {
    return this.person(this.me);
  },
  channel(id) {
    return this.state.channels.find((channel) => channel.id === id);
  },
  botDm() {
    const bot = this.botId();
    return this.state.channels.find((channel) => channel.is_im && channel.members?.includes(this.me) && channel.members.includes(bot));
  },
  botId() {
    return this.state.bot;
  },
  botName() {
    return this.person(this.state.bot)?.name ?? "App";
  },
  // Everybody a person can act as.
  people() {
    return this.state.users.filter((user) => !user.is_bot && !user.deleted);
  },
  zone() {
    return this.actor()?.tz || "UTC";
  },
  now() {
    return new Date(Date.now() + this.offset);
  },
  // Channels as people name them in an address: home, dm, a name, or an id.
  find(word) {
    if (word === "home") return "home";
    if (word === "dm") return this.botDm()?.id ?? "dm";
    const found = this.state.channels.find((channel) => channel.id === word || (!channel.is_im && channel.name === word));
    return found?.id;
  },
  link(place = this.place, thread = null, me = this.me) {
    const person = this.person(me);
    const channel = this.channel(place);
    const word = place === this.botDm()?.id || place === "dm" ? "dm" : channel && !channel.is_im ? channel.name : place;
    return `#${encodeURIComponent(person?.handle ?? me ?? "")}/${encodeURIComponent(word ?? "")}${thread ? `/${thread}` : ""}`;
  },
};

const listeners = new Map();

export function when(kind, listener) {
  if (!listeners.has(kind)) listeners.set(kind, []);
  listeners.get(kind).push(listener);
}

export function tell(kind, detail) {
  for (const listener of listeners.get(kind) ?? []) listener(detail);
}

export const memory = {
  get(name) {
    try {
      return localStorage.getItem(`sandbox.${name}`);
    } catch {
      return null;
    }
  },
  set(name, value) {
    try {
      localStorage.setItem(`sandbox.${name}`, value);
    } catch (refused) {
      console.info("This browser keeps nothing for this page:", refused.name);
    }
  },
};
