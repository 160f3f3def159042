"""Text that looks like it tells of a patient: it is refused before anything is stored; pure.

Every pattern is bounded in what it repeats, so that its time grows with the text alone.
"""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

from bot.domain.patient_words import (
    ACRONYMS,
    BIRTH_DATES,
    BODIES,
    BORN,
    DOTTED_ACRONYMS,
    FIRST_NAMES,
    INSURERS,
    LOOK_ALIKES,
    MONTH,
    NAMES_OF_THINGS,
    NO_NAMES,
    NUMBER_WORDS,
    OTHER_NUMBERS,
    PATIENT,
    PATIENTS,
    PHONE,
    PLACES,
    PLACES_WITH_NUMBERS,
    RECORDS,
    SAID_OF_PEOPLE,
    TITLES,
    WRITINGS,
)


class Rule(StrEnum):
    """All that may be said of a text that was refused."""

    NHS_NUMBER = "nhs-number"
    RECORD_NUMBER = "record-number"
    PATIENT_NUMBER = "patient-number"
    BIRTH_DATE = "birth-date"
    NAMED_DATE = "name-and-birth-date"
    PATIENT_NAME = "patient-name"
    TEN_DIGITS = "ten-digits"
    """A bare number: a phone number passes the same check."""


_BEFORE = 40
_BORN_BEFORE = 2010
"""A name with an earlier date is taken for a person's birth."""
_LAST_CENTURY = 30

_TOKEN = re.compile(r"<[@#!][^<>|]{0,80}(?:\|([^<>]{0,200}))?>|<[^<>|]{0,2000}\|([^<>]{0,2000})>")
_MARKS = str.maketrans(dict.fromkeys('*_~`"\t\r\n\u201c\u201d', " ") | {"\u2019": "'"})

_S = r"[ :.,;=()/\[\]-]{0,4}+"
_LINK = r"[ :.,;#=()/\[\]-]{0,4}+(?:\b(?:is|was|are|of|the|est|ist|es|e|for)\b[ :.,;#=(-]{0,4}+)?+"
_NUM = rf"{NUMBER_WORDS}(?![a-z])"
_CODE = r"(?:\b[a-z]{1,4}[ .-]{0,2})?\d(?:[ ./-]{0,2}\d)"
_TEN = r"\d(?:[ ./-]{0,2}\d){8,11}(?![\d:])"
_CAP = r"(?:(?:Mc|Mac|O'|D')?[A-Z][^\W\d_A-Z]{1,30}(?:-[A-Z][^\W\d_A-Z]{1,30})?(?!\w))"
_DOTTED = r"[A-Z]\.[ -]{0,2}(?:[A-Za-z]\.[ -]{0,2}){1,3}"
_TH = r"(?:st|nd|rd|th|er|\.)?"
_DATE = (
    r"(?:\d{1,2}[./ |\\-]{1,2}\d{1,2}[./ |\\-]{1,2}(?P<y1>\d{4}|\d\d)"
    r"|(?P<y2>\d{4})[./-]\d{1,2}[./-]\d{1,2}"
    rf"|\d{{1,2}}{_TH} ?(?:of |de |di )?(?i:{MONTH}),? ?(?:de |del )?'?(?P<y3>\d{{4}}|\d\d)"
    rf"|(?i:{MONTH}) ?\d{{1,2}}{_TH},? ?(?P<y4>\d{{4}}|\d\d))(?!\d)"
)
_NHS = r"n(?<!\wn)\.? ?h\.? ?s\b\.?"

_TOLD = tuple(
    (rule, re.compile(pattern))
    for rule, pattern in (
        (Rule.NHS_NUMBER, rf"(?:{_NHS}|chi(?<!\wchi)\b){_S}(?:{_NUM})?{_LINK}{_TEN}"),
        (
            Rule.NHS_NUMBER,
            rf"(?:{_NHS}|chi(?<!\wchi)\b){_S}{_NUM}{_LINK}\d(?:[ ./-]{{0,2}}\d){{4,12}}",
        ),
        (
            Rule.NHS_NUMBER,
            rf"(?<!\d)(?<!\d[ ./-]){_TEN}{_S}(?:(?:is|was) )?(?:(?:her|his|the|their|an?) )?{_NHS}",
        ),
        (Rule.RECORD_NUMBER, rf"\b{RECORDS}(?![a-z]){_S}(?:{_NUM})?{_LINK}{_CODE}{{2,24}}"),
        (Rule.RECORD_NUMBER, rf"\b{PLACES_WITH_NUMBERS} ?{_NUM}{_LINK}{_CODE}{{3,14}}"),
        (Rule.RECORD_NUMBER, rf"\b{INSURERS}(?![a-z]){_S}(?:{_NUM})?{_LINK}{_CODE}{{5,24}}"),
        (Rule.RECORD_NUMBER, r"(?<![\w.-])756\.\d{4}\.\d{4}\.\d\d(?![\w.-]\d)"),
        (Rule.RECORD_NUMBER, r"\b[a-z]{6}\d\d[a-ehlmpr-t]\d\d[a-z]\d{3}[a-z]\b"),
        (Rule.PATIENT_NUMBER, rf"\bnumero (?:de |del |di )?{PATIENT}{_LINK}\d"),
        (
            Rule.PATIENT_NUMBER,
            rf"\b(?:patienten|patient)-?(?:nummer|id|nr)\b{_LINK}{_CODE}{{0,14}}",
        ),
        (Rule.BIRTH_DATE, rf"\b{BIRTH_DATES}{_LINK}(?:{_DATE}|\d{{8}}|\d{{6}}|(?:19|20)\d\d)"),
    )
)
"""Of the text in small letters."""

_ABOUT = re.compile(rf"(?P<one>{PATIENT})(?:'s)?|{PATIENTS}")
"""Where a patient is spoken of, in small letters; the next patterns are of what follows there."""
_NUMBER = re.compile(
    rf"[ :-]{{0,2}}{_NUM}{_LINK}{_CODE}{{0,14}}|[ :#]{{1,2}}(?:\d{{5,12}}|\d{{1,3}}-\d{{3,6}})\b"
)
_MILESTONE = re.compile(r" (?:number|no\.?) [1-9]\d{2,4}(?![\w/-]|[ .]\d)")
_ROUND = re.compile(
    r" (?:number|no\.?) [1-9]\d{1,3}0 (?:(?:is|was|has been) )?"
    r"(?:recruited|enrol+ed|randomi[sz]ed)\b"
)
_TO_ENROL = re.compile(r"\b(?:recruit|enrol+|randomi[sz]e|reach) (?:our |the )?$")
"""A count of patients, not one of them."""
_INITIALS = re.compile(rf"[ :,(-]{{1,3}}(?:({_DOTTED})|([A-Z] [A-Z]|[A-Z]{{2,3}})\b(?!['&]))")
_NAMED = re.compile(
    rf",? (?:(?:with )?(?:name|initials?)|called|named){_LINK}(?:{_CAP}|{_DOTTED}|[A-Z]{{2,3}}\b)"
)
_CALLED = re.compile(
    rf"[ :(-]{{1,3}}(?:(?P<title>(?i:{TITLES}) (?=[A-Z]))|[A-Z]\.? (?={_CAP})|(?P<name>{_CAP}))"
    rf"(?P<thing>(?: (?:{_CAP}|[A-Z]{{2,6}}))?{NAMES_OF_THINGS})?(?: (?P<last>{_CAP}))?"
)
_THING_NEXT = re.compile(rf" (?i:{'|'.join(sorted(NO_NAMES - SAID_OF_PEOPLE))})\b")
_NAME_OF = re.compile(r"\b(?:name|nome?|naam|nombre) (?:of|du|de|del|van)(?: the| la)? $")
_CAPS = r"[A-Z]{4,20}(?!\w)"
_PAIR = (
    rf"(?:{_CAP},? {_CAP}|{_CAP},? {_CAPS}|{_CAPS},? {_CAP}|[A-Z]{{2,20}},? [A-Z]{{3,20}}(?!\w)"
    rf"|[A-Z]\. ?{_CAP}|{_DOTTED})"
)
_DATED = re.compile(
    rf"\b(?=[A-Z])(?P<who>{_PAIR})(?:[ ,(]{{1,3}}(?:b\. ?|\* ?)?{_DATE}"
    r"|,? \(?(?:(?:was|is) )?born (?:in )?(?P<y5>(?:19|20)\d\d)(?!\d))"
)
_DATED_BEFORE = re.compile(rf"(?<![\w/.-])b\. ?{_DATE},? (?P<who>{_PAIR})")
_LABELLED = re.compile(
    rf"\b(?=[A-Z])(?P<who>{_PAIR}) ?[(\[] ?(?i:(?:an?|the|our) )?(?i:{PATIENT}) ?[)\]]"
)
_BORN = re.compile(rf"\b{BORN}(?!\w){_S}(?:on )?{_DATE}")
_BODIES = re.compile(BODIES)
_WRITINGS = re.compile(WRITINGS)
_SMALL = re.compile(r" ?: ?([a-z'-]{3,20}), ([a-z'-]{3,20})(?= ?[,.;()]| ?$| dob\b| born\b| \d)")
_NOUN = re.compile(
    r"(?:(?<!cle)ment|tion|sion|ness|ship|logy|ity|tive|ised|ized|ated|rted|ntred|tered)$"
)
_IN_CAPITALS = re.compile(r"[ :,(-]{1,3}([A-Z]{3,20},? [A-Z]{3,20}(?!\w))")
_TITLED = re.compile(rf", (?i:{TITLES}) {_CAP}")
_SMALL_INITIALS = re.compile(r"[ :,(-]{1,3}(?!e\.g|i\.e|[ap]\.m|n\.b|u\.[ks]|e\.u)[a-z]\. ?[a-z]\.")
_DIGIT = re.compile("[0-9]")
_ADDRESS = re.compile(r"://|www\.|@")
_BARE = re.compile(
    r"(?<![\w.+/@#(-])(?<!\d )(?:\d{3}([ ./-])\d{3}\1\d{4}|\d{10})(?!\w|[./-]\w| \d)"
)
_PHONE = re.compile(PHONE)
_OTHER = re.compile(rf"{OTHER_NUMBERS}[ .:#-]{{0,3}}(?:{NUMBER_WORDS})?[ .:#-]{{0,3}}$")


def found_in(text: str) -> Rule | None:
    """`text` as typed or as Slack escapes it; None: nothing in it looks like a patient."""
    said = _read(text)
    small = said.lower()
    numbered = bool(_DIGIT.search(small))
    if numbered and (told := next((r for r, pattern in _TOLD if pattern.search(small)), None)):
        return told
    return _about_patients(said, small) or (_numbered(said, small) if numbered else None)


def _numbered(said: str, small: str) -> Rule | None:
    if any(not _BODIES.search(small, *_before(born)) for born in _BORN.finditer(small)):
        return Rule.BIRTH_DATE
    dated = (*_DATED.finditer(said), *_DATED_BEFORE.finditer(said))
    if any(_is_birth(found) and not _WRITINGS.match(small, found.end()) for found in dated):
        return Rule.NAMED_DATE
    return Rule.TEN_DIGITS if _has_ten_digits(small) else None


def _before(found: re.Match[str]) -> tuple[int, int]:
    return max(0, found.start() - _BEFORE), found.start()


def _read(text: str) -> str:
    """One line: labels of Slack's tokens, plain digits, dashes and letters, no marks or accents."""
    text = _TOKEN.sub(lambda found: f" {found[1] or found[2] or ''} ", text)
    text = text.replace("&amp;", "&")
    if not text.isascii():
        text = "".join(map(_plain, unicodedata.normalize("NFKD", text)))
        text = text.translate(LOOK_ALIKES)
    return " ".join(text.translate(_MARKS).split())


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    kind = unicodedata.category(char)
    if kind == "Nd":
        return str(unicodedata.decimal(char))
    if kind in ("Mn", "Cf"):
        return ""
    return "-" if kind == "Pd" or char == "\u2212" else char


def _about_patients(said: str, small: str) -> Rule | None:
    for about in _ABOUT.finditer(small):
        start, end = about.span()
        if said[start:end] in ("PT", "PT."):  # a physiotherapist, or Portugal
            continue
        if about["one"] and _NUMBER.match(small, end) and not _is_count(small, about):
            return Rule.PATIENT_NUMBER
        if _are_initials(_INITIALS.match(said, end)) or (
            about["one"] and _is_named(said, small, start, end)
        ):
            return Rule.PATIENT_NAME
    labelled = any(_is_pair(found["who"]) for found in _LABELLED.finditer(said))
    return Rule.PATIENT_NAME if labelled else None


def _is_count(small: str, about: re.Match[str]) -> bool:
    asked = _MILESTONE.match(small, about.end()) and _TO_ENROL.search(small, *_before(about))
    return bool(asked or _ROUND.match(small, about.end()))


def _are_initials(found: re.Match[str] | None) -> bool:
    if found is None:
        return False
    if found[1]:
        return re.sub(r"[^A-Z]", "", found[1].upper()) not in DOTTED_ACRONYMS
    letters = found[2].replace(" ", "")
    return letters not in ACRONYMS and not (
        len(letters) > 2 and _THING_NEXT.match(found.string, found.end())
    )


def _is_named(said: str, small: str, start: int, end: int) -> bool:
    found = _CALLED.match(said, end)
    asked_for = _NAME_OF.search(small, max(0, start - _BEFORE), start)
    if _NAMED.match(said, end) or (found and asked_for):
        return True
    if _TITLED.match(said, end) or _SMALL_INITIALS.match(said, end):
        return True
    pair = _SMALL.match(said, end) or _IN_CAPITALS.match(said, end)
    return bool((pair and _is_pair(" ".join(pair.groups()))) or (found and _is_person(found)))


def _is_person(found: re.Match[str]) -> bool:
    if found["title"] or not found["name"]:
        return True
    first, last = found["name"].partition("-")[0], found["last"] or ""
    if first.casefold() in PLACES and not (
        last and last.casefold() not in PLACES and _words_of_name(last)
    ):
        return False
    return not found["thing"] and _words_of_name(first)


def _words_of_name(*words: str) -> bool:
    return not any(
        small in NO_NAMES or _NOUN.search(small) for small in (word.casefold() for word in words)
    )


def _is_pair(who: str) -> bool:
    """No word is a thing's or an abbreviation, and no place comes first: "June Smith" is one."""
    words = re.findall(r"[^\W\d_]{2,}", who)
    if not words:
        return True
    if words[0].casefold() in PLACES or not ACRONYMS.isdisjoint(words):
        return False
    return _words_of_name(*(words[1:] if words[0].casefold() in FIRST_NAMES else words))


def _is_birth(found: re.Match[str]) -> bool:
    years = found.groupdict()
    year = next(years[year] for year in ("y1", "y2", "y3", "y4", "y5") if years.get(year))
    early = int(year) >= _LAST_CENTURY if len(year) == 2 else int(year) < _BORN_BEFORE
    return early and _is_pair(found["who"])


def _has_ten_digits(small: str) -> bool:
    small = " ".join(word for word in small.split(" ") if not _ADDRESS.search(word))
    for found in _BARE.finditer(small):
        before = small[max(0, found.start() - _BEFORE) : found.start()]
        if _passes(found[0]) and not (_PHONE.search(before) or _OTHER.search(before)):
            return True
    return False


def _passes(number: str) -> bool:
    """The NHS's check by 11, which a tenth of all phone numbers pass too."""
    digits = [int(char) for char in number if char.isdigit()]
    total = sum(weight * digit for weight, digit in zip(range(10, 0, -1), digits, strict=True))
    return total % 11 == 0 and len(set(digits)) > 1
