// Dates and times in the acting person's zone.

const LOCALE = "en-GB";

export function zoned(date, zone, options) {
  try {
    return new Intl.DateTimeFormat(LOCALE, { timeZone: zone || "UTC", ...options }).format(date);
  } catch {
    return new Intl.DateTimeFormat(LOCALE, { timeZone: "UTC", ...options }).format(date);
  }
}

export const clockTime = (date, zone) => zoned(date, zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
export const longDay = (date, zone) => zoned(date, zone, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
export const shortDay = (date, zone) => zoned(date, zone, { weekday: "short", day: "numeric", month: "short", year: "numeric" });
export const fromTs = (ts) => new Date(Number(ts) * 1000);

export function dayKey(date, zone) {
  return zoned(date, zone, { year: "numeric", month: "2-digit", day: "2-digit" });
}

export function zoneOffset(date, zone) {
  const part = zoned(date, zone, { timeZoneName: "longOffset" }).match(/(GMT|UTC)([+\-−]\d\d:?\d\d)?/);
  return part?.[2] ? `UTC${part[2]}` : "UTC";
}

function relativeDay(date, zone, now) {
  const day = dayKey(date, zone);
  for (const [word, days] of [["today", 0], ["tomorrow", 1], ["yesterday", -1]]) {
    if (day === dayKey(new Date(now.getTime() + days * 86400000), zone)) return word;
  }
  return null;
}

const PIECES = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { day: "numeric", month: "long", year: "numeric" },
  date_slash: { day: "2-digit", month: "2-digit", year: "numeric" },
  date_short: { day: "numeric", month: "short", year: "numeric" },
  date_long: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
  time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  time_secs: { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" },
};

function ago(date, now) {
  const seconds = Math.round((date - now) / 1000);
  const words = new Intl.RelativeTimeFormat(LOCALE, { numeric: "auto" });
  for (const [unit, size] of [["day", 86400], ["hour", 3600], ["minute", 60]]) {
    if (Math.abs(seconds) >= size) return words.format(Math.trunc(seconds / size), unit);
  }
  return words.format(0, "minute");
}

export function slackDate(date, format, zone, now) {
  return format.replace(/\{(\w+)\}/g, (whole, name) => {
    if (name === "ago") return ago(date, now);
    const pretty = name.endsWith("_pretty");
    const piece = PIECES[pretty ? name.slice(0, -7) : name];
    if (!piece) return whole;
    return (pretty && relativeDay(date, zone, now)) || zoned(date, zone, piece).replace(",", "");
  });
}

// The instant at which it is the given wall time ("2026-11-22T09:00") in a zone.
export function instantOf(wall, zone) {
  const guess = new Date(`${wall}:00Z`);
  const shown = (date) => {
    const get = Object.fromEntries(
      new Intl.DateTimeFormat("en-GB", { timeZone: zone || "UTC", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
        .formatToParts(date).map((part) => [part.type, part.value]),
    );
    return Date.parse(`${get.year}-${get.month}-${get.day}T${get.hour}:${get.minute}:00Z`);
  };
  const first = new Date(guess.getTime() - (shown(guess) - guess.getTime()));
  return new Date(first.getTime() - (shown(first) - guess.getTime()));
}
