"""Where a date begins and ends inside a sentence, and what only looks like one."""

import re

from bot.domain.due_words import END, MONTH, WEEKDAY

_STOP = (
    r"(?:because|since|for|needs|with|every|until|by|due|all|review|objections|remind|link"
    r"|from|and|then)\b|[@<(\[{#]|-|https?:"
)
_SPAN = rf"(?:{MONTH}|{WEEKDAY}|day|week|weekend|fortnight|month|quarter|year|meeting|call)\b"
_SOON = (
    r"(?:today|tomorrow|tom+or+ow|tmrw|[a-z]{2,}day|tonight|yesterday|soon|asap|eod|eob|cob|eoy|eoq|eom|eow|noon|midnight"
    r"|midday|christmas|easter|q[1-4])\b"
)
_AMOUNT = (
    r"(?:[0-9]+|a|an|one|two|three|four|five|six|a few|a couple of) ?"
    r"(?:[dwmh](?=[.,;:!?)]*$)|hours?|(?:working |business )?days?|weeks?|fortnights?|months?"
    r"|years?)"
)
_DAY = r"[0-9]{1,2}(?:st|nd|rd|th)?"
_CLOCK = r"[0-9]{1,2}(?:[:.h][0-9]{2}| ?[ap]\.?m\b| ?o'clock)"
_PLAIN = (
    rf"(?:[0-9]{{1,2}}[/.-][0-9]{{1,2}}(?:[/.-][0-9]{{2,4}})|[0-9]{{1,2}}/[0-9]{{1,2}}\b"
    rf"|[0-9]{{4}}[-/.][0-9]|(?:19|20)[0-9]{{2}}{END}|20[0-9]{{6}}{END}"
    rf"|[0-9]{{1,2}}(?:st|nd|rd|th)(?= of\b|[.,;:!?)]*(?:$| (?:{_STOP})))"
    rf"|(?:{_DAY} ?(?:-|to|or|and|&) ?)?{_DAY}[ .-]{{0,2}}(?:of )?{MONTH}\b|{MONTH}\b|{WEEKDAY}\b"
    r"|t ?[+-] ?[0-9]"
    rf"|{_SOON}|{_CLOCK}|(?:in|within) {_AMOUNT}{END}|(?:(?!an? )){_AMOUNT}{END}"
    rf"|(?:next|this|last|coming|following) {_SPAN})"
)
_AROUND = (
    r"(?:(?:the|about|around|approximately|approx\.?|circa|ca\.?|early|late|mid|before|after"
    r"|latest|on|at|or before|no later than|close of business|start of|beginning of|middle of"
    r"|end of|end|first|second|third|last|coming|following)[ -])"
)
LIKE_A_DATE = re.compile(
    rf"{_AROUND}{{0,4}}(?:{_PLAIN}|end of\b|close of business\b|(?:the )?last (?:day|week)\b"
    rf"|(?:first|second|third|fourth|last) {WEEKDAY}\b|next {_SPAN}|then end\b)"
)

# Directly after a readable date these change what it means: `Friday week`, `Fri or Mon`.
_CHANGES = (
    r"(?:[0-9]|weeks?\b|fortnight\b|months?\b|years?\b|or\b|[ap]\.?m\b|nights?\b|mornings?\b"
    r"|afternoons?\b|evenings?\b|lunch|mid|ish\b|o'clock|noon|plus\b|minus\b|\+|\(?\+"
    rf"|{_SOON}|{MONTH}\b|{WEEKDAY}\b|next\b|this\b|last {_SPAN}"
    rf"|(?:in|within) {_AMOUNT}{END}|the [0-9]"
    r"|(?:at|@|from|after|before|of|and|to|till|until|through|than|in|-|/|&) ?"
    rf"(?:next\b|that\b|{_CLOCK}|[0-9]|(?:the )?{_PLAIN}|midnight|noon)|[(\[]{_PLAIN})"
)
GOES_ON = re.compile(rf"(?:[,:]? {_CHANGES}|[.,:;]+ [0-9]|[-/])")

# Names of zones that mean several, or drift from what people think they mean.
ZONE_LETTERS = re.compile(
    r"(?:gmt|bst|ist|wet|west|cet|cest|eet|eest|msk|est|edt|et|cst|cdt|ct|mst|mdt|mt|pst|pdt|pt"
    r"|ast|adt|nst|ndt|akst|hst|jst|kst|sgt|hkt|aest|aedt|awst|acst|nzst|nzdt|z)(?![\w/])"
)
ZONE_AREA = re.compile(
    r"(?:africa|america|antarctica|arctic|asia|atlantic|australia|europe|indian|pacific|etc)/"
)
ZONE_SHIFT = re.compile(r"\(?(?:utc|gmt)? ?[+-] ?[0-9]")

LAST_MARKS = re.compile(r"(?<![.,;!?])[.,;!?]{1,3}$")
GAP = re.compile(r"(?: -|,)? (?:in )?(?=\S)")

INTRODUCED = re.compile(r"(?<![\w/'.@#-])(?:due(?: date)?(?: by| on)?|by):? (?=\S)")
ON = re.compile(r"(?<![\w/'.@#-])on (?=\S)")
OPENING = re.compile(r"(?:to|by|due|on):? (?=\S)")

STOP = re.compile(_STOP)
# What may follow a date (or a zone) so that it is certain that it ended there.
BOUNDARY = re.compile(rf"[\"')\]]*(?:$|[.;!?,:]+(?: |$)| (?:{_STOP}))")

# Weekdays that are also words: `damage by sun exposure`.
DOUBTFUL = re.compile(r"(?:sun|sat|wed)$")
