"""Phrases that people type for a date and that are refused, each with the code that says why."""

from tests.unit.due_phrases import Phrase, at, before_meeting, typed_in

BAD = "DATE_UNREADABLE"
NO_DAY = "DATE_MISSING_DAY"
PAST = "DATE_PAST"
FAR = "DATE_FAR"
TWO = "DATE_AMBIGUOUS"
GAP = "TIME_GAP"
ZONE = "ZONE_UNKNOWN"


def refuses(text: str, code: str, why: str, *choices: str) -> Phrase:
    return Phrase(text, why, refused=code, choices=choices)


VAGUE = tuple(
    refuses(text, BAD, "vague or not in the grammar")
    for text in (
        *("soon", "asap", "ASAP!", "may need review", "when you can", "later", "tbc"),
        *("Q1 2027", "2 weeks from Friday", "mid December", "before Christmas", "Christmas"),
        *("Friday next week", "fortnight", "in a fortnight", "tomorrow week", "Friday week"),
        *(
            "this Friday",
            "coming Friday",
            "last Friday",
            "every Friday",
            "Fridays",
            "Friday\u2019s",
        ),
        *(
            "next week",
            "this week",
            "next month",
            "in a week",
            "a week",
            "in 2 months",
            "in 1 year",
        ),
        *("end of November", "end of next month", "end of year", "eoy", "eod", "cob", "eom Dec"),
        *("yesterday", "the 4th", "4th", "2", "4", "2027", "December", "Dec 2026", "may", "March"),
        *(
            "early December",
            "around 4 Dec",
            "after the meeting",
            "next meeting",
            "new year\u2019s eve",
        ),
        *("4 or 5 Dec", "Mon-Wed", "4-6 Dec", "4 Dec - 6 Dec", "Mon Tue", "next", "in", "in days"),
        *("in 2.5 weeks", "in -3 days", "-2w", "in 3", "days", "in few days", "not Friday", "T"),
        *(
            "T+3",
            "T-",
            "T-x",
            "T minus 7",
            "half past five",
            "next next Friday",
            "tomorow",
            "Firday",
        ),
    )
)

NOTHING = tuple(
    refuses(text, "DATE_NEEDED or DATE_UNREADABLE", "no words at all")
    for text in ("", " ", "\n", "\u00a0", ".", ",", "?")
)

OTHER_LANGUAGES = tuple(
    refuses(text, BAD, "words of other languages are not in the grammar")
    for text in (
        *(
            "4 d\u00e9cembre 2026",
            "1er d\u00e9cembre",
            "4 mars 2027",
            "4 mai 2027",
            "vendredi",
            "demain",
        ),
        *("4 dicembre 2026", "4 giu 2027", "4 ago 2027", "venerd\u00ec", "domani", "fine mese"),
        *("4 mei 2027", "4 maart 2027", "4 okt 2027", "vrijdag", "morgen", "volgende week", "oggi"),
    )
)

HOSTILE = tuple(
    refuses(text, BAD, "no date, whatever else it is")
    for text in (
        *("-", "\u200b", "\x00", "2026-12-04\x00 x"),
        *(
            "<!channel>",
            "<@U012ABC>",
            "<!date^1796342400^{date}|4 Dec>",
            "{now}",
            "%s",
            "`4 Dec` ``",
        ),
        *(
            "'; DROP TABLE items;--",
            "2026-12-04; rm -rf /",
            "2026-12-04' OR '1'='1",
            "https://a.b/c",
        ),
        *("\U0001f4c5", "\U0001f389 Friday party", "\u05de\u05d7\u05e8", "\u063a\u062f\u0627"),
        *(
            "\u202e4 Dec",
            "\u00b2 Dec",
            "4\u00b2 Dec",
            "\u2163 Dec",
            "Friday\nsoon",
            "None",
            "nan",
            "inf",
        ),
        *("x" * 10_000, "9" * 10_000, "4 Dec " + "x!" * 5_000, "next " * 2_000, "T-" + "a" * 9_998),
        *(
            "10000-01-01",
            "2026-12",
            "2026-W49",
            "2026-12-04-05",
            "4e0 Dec",
            "0x4 Dec",
            "1796342400",
        ),
    )
)

NO_SUCH_DAY = (
    refuses("29 Feb", NO_DAY, "the coming February has none"),
    refuses("Feb 29", NO_DAY, "the coming February has none, American"),
    refuses("29 Feb 2027", NO_DAY, "no leap year"),
    refuses("2027-02-29", NO_DAY, "no leap year"),
    refuses("2026-02-30", f"{NO_DAY} or {PAST}", "never was"),
    refuses("30 Feb 2028", NO_DAY, "not even in a leap year"),
    refuses("31 Feb", NO_DAY, "not in any year"),
    refuses("31 Apr", NO_DAY, "April has 30"),
    refuses("April 31, 2027", NO_DAY, "April has 30"),
    refuses("31st November", NO_DAY, "November has 30"),
    refuses("2026-11-31", NO_DAY, "November has 30"),
    refuses("2027-06-31 17:00", NO_DAY, "June has 30, with a time"),
    refuses("32 Dec", f"{NO_DAY} or {BAD}", "no month has it"),
    refuses("0 Dec", f"{NO_DAY} or {BAD}", "days start at 1"),
    refuses("2026-13-01", f"{NO_DAY} or {BAD}", "no such month, never the 13th of January"),
    refuses("2026-25-12", f"{NO_DAY} or {BAD}", "no such month, never Christmas"),
    refuses("2026-00-10", f"{NO_DAY} or {BAD}", "months start at 1"),
    refuses("2026-12-00", f"{NO_DAY} or {BAD}", "days start at 1"),
    refuses("Thu 4 Dec 2026", f"{BAD} or {TWO}", "that day is a Friday"),
    *at("2012-11-18T12:00Z", refuses("29 Feb", NO_DAY, "2013 has none")),
    *at("2028-03-01T12:00Z", refuses("29 Feb", NO_DAY, "just passed, 2029 has none")),
)

NUMBERS = (
    refuses("12/01/2027", TWO, "two readings", "2027-01-12", "2027-12-01"),
    refuses("1/12/2027", TWO, "no leading zero", "2027-12-01", "2027-01-12"),
    refuses("02/03/2027", TWO, "two readings", "2027-03-02", "2027-02-03"),
    refuses(" 02/03/2027 ", TWO, "spaces around", "2027-03-02", "2027-02-03"),
    refuses("12/11/2026", TWO, "12 November has passed: one button", "2026-12-11"),
    refuses("01/12/2026", TWO, "12 January has passed: one button", "2026-12-01"),
    refuses("12/12/2026", TWO, "both equal: one button", "2026-12-12"),
    refuses("25/12/2026", TWO, "only one is possible: one button", "2026-12-25"),
    refuses("12/25/2026", TWO, "American, only one is possible", "2026-12-25"),
    refuses("29/02/2028", TWO, "leap day: one button", "2028-02-29"),
    refuses("01/02/2026", f"{PAST} or {TWO}", "both have passed"),
    refuses("31/12/2032", f"{FAR} or {TWO}", "the only reading is too far"),
    refuses("30/02/2027", f"{NO_DAY} or {BAD} or {TWO}", "no reading is a day"),
    refuses("12/01/2027 17:00", f"{TWO} or {BAD}", "two readings with a time"),
    refuses("4/12", f"{TWO} or {BAD}", "numbers without a year"),
    refuses("4/12/26", f"{TWO} or {BAD}", "year of two digits"),
    refuses("04-12-2026", f"{TWO} or {BAD}", "the Dutch way, never ISO"),
    refuses("04.12.2026", f"{TWO} or {BAD}", "points"),
    refuses("4.12.", f"{TWO} or {BAD}", "points without a year"),
    refuses("26-12-04", f"{TWO} or {BAD}", "year of two digits, any end"),
    refuses("4 Dec 26", BAD, "year of two digits"),
    refuses("4 Dec '26", BAD, "year of two digits with apostrophe"),
    refuses("4 Dec \u201926", BAD, "year of two digits with curly apostrophe"),
    refuses("4 Dec 226", BAD, "year of three digits"),
    *at("2026-10-01T12:00Z", refuses("12/11/2026", TWO, "as told", "2026-11-12", "2026-12-11")),
    *at("2012-11-18T12:00Z", refuses("12/01/2013", TWO, "demo", "2013-01-12", "2013-12-01")),
)

PAST_OR_FAR = (
    refuses("2026-11-21", PAST, "yesterday"),
    refuses("21 Nov 2026", PAST, "yesterday with year"),
    refuses("4 Dec 2025", PAST, "last year, said plainly"),
    refuses("Dec 4, 2012", PAST, "long ago"),
    refuses("0001-01-01", PAST, "the calendar's first day"),
    refuses("29 Feb 2024", PAST, "a leap day that was"),
    refuses("today 09:00", PAST, "this morning at noon"),
    refuses("2031-11-23", FAR, "five years and a day"),
    refuses("23 November 2031", FAR, "five years and a day"),
    refuses("1 Jan 9999", FAR, "the end of the calendar"),
    refuses("9999-12-31", FAR, "the calendar's last day"),
    refuses("9999-12-31 23:59 New York", FAR, "whose UTC is outside the calendar"),
    refuses("in 3000 days", FAR, "eight years"),
    refuses("300w", FAR, "nearly six years"),
    refuses("in 99999999999 days", f"{FAR} or {BAD}", "outside the calendar"),
    refuses("9999999999w", f"{FAR} or {BAD}", "outside the calendar"),
    refuses(f"in {'9' * 5_000} days", f"{FAR} or {BAD}", "more digits than int() reads"),
    refuses(
        f"T-{'9' * 5_000}", f"{PAST} or {BAD} or NO_NEXT_MEETING", "more digits than int() reads"
    ),
    *at("2012-11-18T12:00Z", refuses("1 Dec 2017", FAR, "five years and two weeks")),
    *at(
        "2026-11-22T23:30Z",
        *typed_in(
            "Europe/Amsterdam", "Europe/Amsterdam", refuses("2026-11-22", PAST, "past there")
        ),
    ),
)

TIMES_AND_ZONES = (
    *(
        refuses(f"4 Dec {time}", f"{BAD} or {ZONE}", "no such time")
        for time in (
            *("25:00", "24:00", "17:60", "13pm", "0pm", "17h", "17h00", "5:3pm", "-5pm"),
            *("5pm pm", "17:00 18:00", "99999:00", "midnight", "evening", "5 o'clock"),
        )
    ),
    *(
        refuses(text, BAD, "a time without a day")
        for text in ("17:00", "5pm", "5 pm", "noon", "17:00 London", "UTC", "London")
    ),
    *(
        refuses(f"4 Dec 17:00 {zone}", ZONE, "abbreviations and unknown places are no zones")
        for zone in ("CET", "EST", "BST", "IST", "PST", "Nowhere", "Atlantis", "Europe/Nowhere")
    ),
    refuses("Fri 9am EST", ZONE, "abbreviation after am"),
    refuses("next Friday noon BST", ZONE, "abbreviation after noon"),
    refuses("4 Dec 17:00 <!channel>", f"{ZONE} or {BAD}", "a ping is no zone"),
    refuses("4 Dec 17:00 ../../etc/passwd", f"{ZONE} or {BAD}", "a path is no zone"),
    refuses("4 Dec 17:00 London please", f"{ZONE} or {BAD}", "words after the zone"),
    refuses("4 Dec please", f"{ZONE} or {BAD}", "words after the day"),
    refuses("Friday afternoon", f"{ZONE} or {BAD}", "no time of day"),
    refuses("2027-03-28 01:30", GAP, "London's clocks jump over it"),
    refuses("28 Mar 2027 01:00", GAP, "the gap's first minute"),
    refuses("28 Mar 01:59 London", GAP, "the gap's last minute"),
    refuses("2027-03-28 02:30 Rome", GAP, "Rome's clocks jump over it"),
    refuses("28 March 2027 2:30am Amsterdam", GAP, "Amsterdam's clocks jump over it"),
    refuses("2027-03-14 02:30 New York", GAP, "New York's clocks jump over it"),
    refuses("Mar 14 2:30 am Toronto", GAP, "Toronto's clocks jump over it"),
    *at("2012-11-18T12:00Z", refuses("31 Mar 01:30", GAP, "2013's gap")),
    *at("2012-11-18T12:00Z", refuses("10 Mar 02:30 New York", GAP, "2013's gap")),
    *typed_in(
        "Europe/Rome", "Europe/Rome", refuses("2027-03-28 02:30", GAP, "the group's own gap")
    ),
)

MEETING = (
    refuses("T-7", "NO_NEXT_MEETING", "the group has no meeting planned"),
    refuses("t-12", "NO_NEXT_MEETING", "the group has no meeting planned"),
    *before_meeting(
        "2026-12-17",
        refuses("T-26", PAST, "yesterday"),
        refuses("T-400", PAST, "long ago"),
        refuses("T-9999999", f"{PAST} or {BAD}", "before the calendar"),
    ),
    *at(
        "2012-11-18T12:00Z",
        *before_meeting("2012-11-27", refuses("T-12", PAST, "15 November has passed")),
    ),
)

REFUSED = (
    *(VAGUE + NOTHING + OTHER_LANGUAGES + HOSTILE + NO_SUCH_DAY + NUMBERS),
    *(PAST_OR_FAR + TIMES_AND_ZONES + MEETING),
)
