// The emoji short names people and bots use most.

const LISTED = `
+1 👍|thumbsup 👍|-1 👎|thumbsdown 👎|white_check_mark ✅|heavy_check_mark ✔️|ballot_box_with_check ☑️|x ❌
red_circle 🔴|large_red_circle 🔴|large_yellow_circle 🟡|yellow_circle 🟡|large_green_circle 🟢|green_circle 🟢
large_orange_circle 🟠|large_blue_circle 🔵|white_circle ⚪|black_circle ⚫|red_square 🟥|white_large_square ⬜
hourglass ⌛|hourglass_flowing_sand ⏳|bell 🔔|no_bell 🔕|tada 🎉|eyes 👀|warning ⚠️|rotating_light 🚨|fire 🔥
calendar 📅|date 📅|spiral_calendar_pad 🗓️|alarm_clock ⏰|stopwatch ⏱️|memo 📝|pencil ✏️|pencil2 ✏️|clipboard 📋
pushpin 📌|round_pushpin 📍|paperclip 📎|link 🔗|bar_chart 📊|chart_with_upwards_trend 📈|file_folder 📁
chart_with_downwards_trend 📉|wave 👋|raised_hands 🙌|clap 👏|pray 🙏|muscle 💪|point_right 👉|point_left 👈
point_up ☝️|point_down 👇|ok_hand 👌|raised_hand ✋|hand ✋|handshake 🤝|thinking_face 🤔|smile 😄|slightly_smiling_face 🙂
grinning 😀|joy 😂|sweat_smile 😅|wink 😉|blush 😊|heart ❤️|green_heart 💚|blue_heart 💙|star ⭐|sparkles ✨
rocket 🚀|zap ⚡|bulb 💡|mag 🔍|question ❓|exclamation ❗|bangbang ‼️|information_source ℹ️|no_entry ⛔
no_entry_sign 🚫|octagonal_sign 🛑|construction 🚧|lock 🔒|unlock 🔓|key 🔑|shield 🛡️|gear ⚙️|wrench 🔧|hammer 🔨
speech_balloon 💬|loudspeaker 📢|mega 📣|email 📧|envelope ✉️|incoming_envelope 📨|inbox_tray 📥|outbox_tray 📤
arrow_right ➡️|arrow_left ⬅️|arrow_up ⬆️|arrow_down ⬇️|arrows_counterclockwise 🔄|repeat 🔁|fast_forward ⏩|rewind ⏪
leftwards_arrow_with_hook ↩️|arrow_right_hook ↪️|back 🔙|soon 🔜|new 🆕|100 💯|trophy 🏆|dart 🎯|checkered_flag 🏁
microscope 🔬|test_tube 🧪|dna 🧬|brain 🧠|pill 💊|hospital 🏥|books 📚|book 📖|page_facing_up 📄|scroll 📜
bust_in_silhouette 👤|busts_in_silhouette 👥|globe_with_meridians 🌐|earth_africa 🌍|palm_tree 🌴|coffee ☕|zzz 💤
crescent_moon 🌙|sunny ☀️|sunrise 🌅|one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣|wastebasket 🗑️|recycle ♻️|robot_face 🤖
heavy_plus_sign ➕|heavy_minus_sign ➖|small_red_triangle 🔺|small_red_triangle_down 🔻|black_small_square ▪️
see_no_evil 🙈|party_popper 🎉|partying_face 🥳|cry 😢|disappointed 😞|confused 😕|sos 🆘|ticket 🎫|label 🏷️
`;

export const EMOJI = new Map(
  LISTED.trim().split(/[|\n]/).map((pair) => pair.split(" ")),
);

export const QUICK = ["white_check_mark", "eyes", "+1", "tada", "raised_hands", "heart", "hourglass_flowing_sand", "question", "x", "pray", "bulb", "fire"];

export function emoji(name) {
  return EMOJI.get(name.split("::")[0]) ?? `:${name}:`;
}
