"""The words behind "patient" that open no name, and how people name patients, dates and numbers."""

PATIENT = (
    r"p(?<!\wp)(?<!in-p)(?<!out-p)(?<!be p)"
    r"(?:atient(?:e|in)?|aziente|aciente|at\.|t\b(?<!\d pt)\.?)(?!\w)"
)
PATIENTS = (
    r"p(?<!\wp)(?:atient(?:s|es|en)|azienti|acientes"
    r"|ts(?<!\d pts)(?<!key pts)(?<!main pts)(?<!agenda pts)(?<!action pts))\b"
)

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

INSURERS = (
    r"(?:ramq|ohip|ahv|avs|ssn|nino|medicare|sozialversicherungs(?:nummer|nr)|svnr|pesel|cpr"
    r"|personnummer|fodselsnummer|ppsn?)"
)

PLACES_WITH_NUMBERS = r"(?:hosp(?:ital|\.)?|case ?notes?|chart|unit|clinic)"

BIRTH_DATES = (
    r"(?:d\.? ?o\.? ?b\b\.?|dates? of birth|birth[ -]?dates?|birthday|geb\b\.?(?: am)?|geburtsdatum"
    r"|geboortedatum|date de naissance|data di nascita|fecha de nacimiento)"
)

_WHERE = r"(?: (?:in|a|at|en|te)(?: [a-z'-]{1,20}){1,3}?)?"
BORN = (
    rf"(?:born{_WHERE}(?: on)?|ne(?:e|\(e\))?{_WHERE} le|nato{_WHERE} il|nata{_WHERE}(?: il)?"
    rf"|nacid[oa]{_WHERE}(?: el)?|geboren{_WHERE}(?: am| op)?)"
)

BODIES = (
    r"\b(?:group|idea|alliance|collaborative|society|network|project|charity|registry|initiative"
    r"|consortium|foundation|campaign|committee|team|forum|institute|federation|association"
    r"|programme|program|company|journal|trial|study|app|platform"
    r"|website|tool|podcast|newsletter|it),?(?: (?:was|is|were))? $"
)
"""What is born and no person, before "born"."""

WRITINGS = (
    r"(?: et al)?[ ,)]{0,3}(?:papers?|articles?|publications?|criteria|declaration|guidelines?"
    r"|edition|classification|revision|review|lecture|issue|conference|workshop|congress)\b"
)
"""Behind a name and a date, in small letters: the two are a work's."""

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
IRB ERB ETH DNA RNA SNP EEG EMG ECG PET DTI MTR NFL FSS BDI FES TMS CBT VAS HLA EBV JCV IGG RIS
CIS NMO HCP CRP SAE SOP DPO GDP ICD SDM HTA NMA ICT API CSV URL USB TBC TBA ASAP UX UI BMI BBB
II III IV VI VII IX XI XII
"""
ACRONYMS = frozenset(_ACRONYMS.split())
"""Capitals behind "patient" that are nobody's initials."""
DOTTED_ACRONYMS = frozenset({"UK", "US", "EU", "USA"})

_NO_NAMES = """
academy access activist activists adherence advice advisor advisors advisory advocacy advocate
advocates
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
age agreement annual approval approvals arm biobank biobanks biomarker biomarkers biopsy blood brain
budget checklist clinic clinical cohort cohorts collection congress consents count counts
criteria criterion data dataset datasets declaration digital directive edition eligibility
enrolment enrollment ethics evidence exercise fatigue flow framework general genetic genomic
global guidance guideline guidelines health helsinki horizon hospital imaging inclusion
index international invitation lecture levels marathon measure measures medical memory national
numbers nurse nurses open paper papers physio pilot plasma progress progressive publication
quality regional rehabilitation rehab relations remote report reports results sample samples
scale scales scan scans score scores screening serum status table tables target targets
technical template test tests tissue trial tumour university update virtual webpage welcome
worldwide yes sex female male gender
"""
NO_NAMES = frozenset(_NO_NAMES.split())
"""Words behind "Patient" in titles."""

FIRST_NAMES = frozenset({"april", "june", "august"})

_SAID_OF_PEOPLE = """
and app are as ask at can from has if in is no of on or should that the think this to we when will
with contact day feedback first group interview interviews visit visits hospital review test
tests scan scans results blood status
"""
SAID_OF_PEOPLE = frozenset(_SAID_OF_PEOPLE.split())
"""Of these, what is as often said behind somebody's initials."""

_PLACES = """
africa african america american amsterdam antwerp asia asian athens atlanta australia australian
austria austrian barcelona basel basque bavarian belgian belgium berlin bern birmingham bologna
boston brazil brazilian bristol britain british brussels budapest calgary california cambridge
canada canadian cardiff catalan chicago china chinese cologne copenhagen croatia croatian czech
danish denmark dublin dutch edinburgh england english europe european finland finnish flanders
flemish france french geneva genoa genova german germany ghent glasgow greece greek hamburg
heidelberg helsinki hungarian hungary india indian iran iranian ireland irish israel israeli
istanbul italian italy japan japanese kuwait lausanne leeds leiden lisbon liverpool london lyon
maastricht madrid manchester marseille melbourne mexican mexico milan milano montreal munich
naples netherlands nordic norway norwegian nottingham oslo ottawa oxford paris poland polish
porto portugal portuguese prague quebec roma rome rotterdam russian scandinavian scotland scottish
seattle serbian slovak slovenian spain spanish stockholm sweden swedish swiss switzerland sydney
tokyo toronto toulouse turin turkey turkish ulster utrecht vancouver vienna wales warsaw welsh
yokohama zurich
"""
PLACES = frozenset(_PLACES.split())

NAMES_OF_THINGS = (
    r" (?i:group|page|site|forum|network|survey|meeting|office|team|centre|charity|app|cohort"
    r"|registry|register|biobank|database|dataset|consortium|conference|congress|workshop"
    r"|criteria|index|scale|initiative|foundation|society|institute)s?\b"
)
"""Behind "patient Facebook" and the like."""

LOOK_ALIKES = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0455\u0458\u0501\u043a\u0442\u043c\u04bb\u0475"
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0406\u0405\u0408"
    "\u03b1\u03b5\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7"
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7"
    "\u0131\u0237\u0251\u0261\u026a\u0274",
    "aeopcyxisjdktmhvABEKMHOPCTYXISJaeikvoptuxABEZHIKMNOPTYXijagin",
)
"""Cyrillic, Greek and phonetic letters to the Latin ones they pass for."""
