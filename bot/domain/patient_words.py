"""The words behind "patient" that open no name, and how people name patients, dates and numbers."""

PATIENT = (
    r"p(?<!\wp)(?<!in-p)(?<!out-p)(?<!be p)"
    r"(?:atient(?:e|in)?|aziente|aciente|at\.|t\b(?<!\d pt)\.?)(?!\w)"
)
PATIENTS = r"p(?<!\wp)(?:atient(?:s|es|en)|azienti|acientes)\b"

TITLES = r"(?:mrs?|ms|miss|mme|monsieur|madame|herr|frau|sig(?:\.ra|nora)?|sra?|mevrouw|dhr)\.?"

MONTH = (
    r"(?:jan|gen|ene|f[eé]v|feb|mar|maa|mrt|mae|apr|avr|abr|may|mai|mag|mei|jun|jui|giu|jul|lug"
    r"|aug|aou|ago|sep|set|oct|okt|ott|nov|dec|dez|dic)[a-z]{0,7}\.?"
)

NUMBER_WORDS = (
    r"(?:(?:record|file|hospital|study) )?"
    r"(?:number|numero|nummer|num|identifier|id|nr|no|n[.°]{0,2} ?[o°]?|#)"
)

RECORDS = (
    r"(?:mrn|nhc|ipp|nir|bsn|burgerservicenummer|fallnummer|(?:kranken)?versicherten(?:nummer|nr)"
    r"|medical record|numero de securite sociale|(?:n[°.]?|numero) de dossier|cartella clinica"
    r"|tessera sanitaria|codice fiscale|historia clinica|tarjeta sanitaria|social security"
    r"|health (?:and|&) care number|h&c number|health card)"
)

PLACES_WITH_NUMBERS = r"(?:hosp(?:ital|\.)?|case ?notes?|chart|unit|clinic)"

BIRTH_DATES = (
    r"(?:d\.? ?o\.? ?b\b\.?|dates? of birth|birth[ -]?dates?|birthday|geb\.(?: am)?|geburtsdatum"
    r"|geboortedatum|date de naissance|data di nascita|fecha de nacimiento)"
)

BORN = r"(?:born|ne(?:e|\(e\))? le|nat[oa] il|nacid[oa] el|geboren (?:am|op))"

PHONE = r"\b(?:tele)?(?:phone|fono|foon|fon)\b|\b(?:tel|mobile|mob|cell|fax|whatsapp|handy|gsm)\b"

OTHER_NUMBERS = (
    r"\b(?:isbn(?:-1[03])?|issn|pmid|po|order|invoice|grant|charity|account|ticket|receipt|booking"
    r"|reference|ref|zoom|meeting|passcode|code|vat|iban|orcid|tracking|contract|quote)"
)

_ACRONYMS = """
MS PRO PPI UK EU US USA ID IDS MRI CT OCT IT AI AR VR FAQ PDF EHR EMR CRF RCT QA QC QI QR PR HR TV
UN WHO FDA EMA NHS GP GPS OT PT BP CSF CNS DMT ADL QOL ICF NGO CEO NCT DOI REC R&D DE FR NL ES CA
AU NZ CH AT BE IE SE DK NO FI PL PMS RMS APP FB SMS WG TR EM SR PC AND OR IN OF TO DAY HAS NOT IS
ON BY FOR THE OUR ALL NEW DATA WE IF AS DO AN USE WAS ARE LED BR
"""
ACRONYMS = frozenset(_ACRONYMS.split())
"""Capitals behind "patient" that are nobody's initials."""

_NO_NAMES = """
access activist activists adherence advice advisor advisors advisory advocacy advocate advocates
alliance ambassador ambassadors and app apps are as ask assessment association associations at
award awareness badge badges barometer benefit blog board body booklet burden can care carer
carers case centred charter choice coalition collaborative committee community conference congress
consent consultant contact contribution convention council data database day days diaries diary
driven education empowerment engagement event experience experiences expert experts facebook
facing feedback first focus focused focussed for forum foundation from group groups guide handbook
has health helpline how hub ids impact in include independence index information initiative input
insight insights interest interview interviews involvement is issue issues journal journey
journeys knowledge lab leader leaders leaflet leaflets led letter level library line lived local
lounge materials matters medicines meeting meetings mobility monday month narrative network
networks news newsletter no numbers of office on one open opinion opinions or organisation
organisations organization organizations oriented outcome outcomes outreach package panel panels
paper participation partner partners partnership partnerships pathway pathways perspective
perspectives platform podcast policy population portal power preference preferences priorities
priority privacy program programme project protection protocol public questionnaire questionnaires
ready recruitment registries registry relevant reported reporting representation representative
representatives representing research researcher researchers resource resources retention review
reviewer reviewers rights role room safety satisfaction school science section seat selection
services session sessions should site society spokesperson stories story strategy study summary
summit support survey surveys team that the think this time to toolkit track training travel trial
trials truth values version view views visit visits voice voices volunteer volunteers we webinar
website week wellbeing when will with work workshop workstream world year january february march
april june july august september october november december tuesday wednesday thursday friday
saturday sunday
"""
NO_NAMES = frozenset(_NO_NAMES.split())
"""Words behind "Patient" in titles."""

NAMES_OF_THINGS = (
    r" (?:group|page|site|forum|network|survey|meeting|office|team|centre|charity|app)"
)
"""Behind "patient Facebook" and the like."""
