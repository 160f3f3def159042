"""Lines of the groups' own work, in which no rule may see a patient.

`⏎` stands for a line break. Every third line is held out: the rules were not written looking at it.
Those by others were found alarmed at by somebody who had not written the rules, and mended since.
"""

TOLD = """
add book patients' travel by 4 Dec
patients' travel
patient travel costs for Paris
+1 212 555 0123
call +44 20 7946 0018 on Monday
+39 010 555 0199 is the office in Genoa
phone 943 476 5919 about the venue
phone: 943 476 5919
tel. 943-476-5919
Tel 485 777 3456 (reception)
mobile 943 476 5919
fax 943 476 5919
(212) 555-0123
ring +1 (212) 555-0123 ext 44
UK office: +44 (0)20 7946 0018
move EM-2 by 3/4/61
by 3/4/61
due 3/4/2027
add draft the consent form by 03/04/2027 @symptoms-chair
meeting on 10 September 2012 in Paris
the press release of 10 September 2012
12-13 March 2027 in Milan
2027-03-12 14:00 Europe/Rome
TR-14 is waiting for EM-2 and SR-7
done EM-2, TR-14 and PC-3
move TR-1234567 to Friday
doi 10.1177/1352458512458169
doi:10.1007/s40120-024-00579-9
https://doi.org/10.1177/1352458512458169
ISBN 978-0-306-40615-7
ISBN 0306406152
ISBN-10: 0-306-40615-2
ISSN 1352-4585
NCT01234567
NCT 01234567 starts in May
ISRCTN12345678
EudraCT 2012-001234-56
EU CT 2023-501234-12-00
PMID 12345678
ORCID 0000-0002-1825-0097
grant RG-4212-A-4
grant PA-1602-08196
Horizon 2020 grant agreement 101034369
grant no. 874000 from the charity
registered charity 1139257
charity no. 1139257 (England)
charity number 207495
invoice 2026-00431
invoice no. 9434765919
order number 4857773456
PO 4500012345
version 3.4.61
consent template v3
protocol version 2.1.0 dated 4 Dec 2026
release 2026.11.22
EDSS 4.0 to 6.5
EDSS 6.5 and T25FW
patient-reported outcomes
patient reported outcome measures
Patient-Reported Outcomes for MS
patient-centred trial design
patient partner Anna
patient partner Anna Kowalska joins the call
our patient partners Anna and Luca
patient representative Anna will chair
patient advocate Jane Doe speaks at 10:00
ask the patient panel by Friday
patient and public involvement
Patient and Public Involvement plan
PPI: patient and public involvement lead
patient organisations in Italy
Patient Organisation meeting in Milan
Patient Engagement Roadmap
Patient Advisory Board, 12 December
patient advisory board minutes
Patient Experience Library
patient information sheet v3
Patient Information Leaflet, version 4 of 3 May 2026
patient forum 2027
Patient Forum Milan 2027
patient registry of 20,000 people
patient registries in DE, IT and UK
patient IDs must never be typed here
patient ID field in the case report form
remove patient identifiers from the form
patient numbers: 450 by March
patient numbers are at 60 % of 450
450 patients by 4 Dec
recruit 12 patients per site
patients 18 to 65 years
each patient has 3 visits
patient visits 1 to 4
patient diary, week 12
patient follow-up at 12 months
patient recruitment 2027: 12 sites
patient MRI protocol
patient MS diary app
patient PRO instruments
patient EU network
patient UK charities
patient QoL questionnaire
what a patient in Leeds can expect
is the patient Facebook group still used?
patient no longer needs to travel
no patient data in this channel
Please, no patient data.
is patient data in Annex 2?
patient safety report 2026
Patient Safety Report for 2026
translate the patient leaflet into French
patient story for the website
Patient Stories: who writes the first?
patient day on 30 May
World MS Day 30 May 2027
patient education videos
patients and carers survey closes 3/4/2027
patients: see the FAQ
Patients First campaign
a patient asked whether 4 Dec is fixed
be patient. Milan answers on Monday
be patient, Anna will answer
please be patient: Luca is away until 4 Dec
be patient; J.S. Bach concert is on Friday
inpatient rehabilitation review
outpatient clinics in 5 countries
in-patient stays of 3 days
12 pt Calibri for the poster
body text 11 pt Arial
slides in 24 pt Helvetica
PT-BR translation of the leaflet
Anna PT leads the exercise group
ask PT Anna about the exercise workstream
pt. 2 of the webinar
agenda pt 3: budget
key pts: Paris, Milan, Toronto
born in 2012 the collaborative
the collaborative was born in 2012
an idea born in Milan in March
born out of the 2012 workshop
firstborn cohort study 1990
newborn screening data 2020
Bjorn 3/4/27
Max Born lecture, 12 March 2027
birth cohort 1958
1958 birth cohort, data request by 3/4/27
place of birth is not needed on the form
date of birth is not needed on the form
collect year, not date of birth, by 4 Dec
remove DOB from the case report form
DOB column must go by 3/4/2027
do we need DOB or only age?
NHS England
NHS England 2027 budget
NHS Long Term Plan 2019
the NHS turned 75 in 2023
NHS trusts: 12 of 40 answered
the NHS number is not needed on the form
delete NHS numbers from the export
NHS research ethics 26/LO/0123
REC reference 26/LO/0123, IRAS 312345
IRAS ID 312345
NHS Scotland, 4 December
CHI 2027 in Yokohama
CHI 27 paper by 10 September
chi-squared test, 3 degrees
hospital in Milan, room 12
San Raffaele Hospital, Via Olgettina 60
hospital numbers fell by 12 % in 2020
number of hospitals: 45
hospitals 1 to 12 have opened
unit 4 of the course
case report form v3
room 12, floor 3
Via Operai 40, 16149 Genova
Building 0018, gate 999
zip 10017, New York
€ 22,000,000 over 5 years
22 000 000 euro
budget 1 250 000 by 2027
1,250,000 in year 3
flight AZ 611 on 3/4/27
LH1234 at 14:05
code 494 812
zoom 943 4765 5919
meeting ID 123 4567 8901
passcode 482913
IBAN GB29 NWBK 6016 1331 9268 19
VAT IT01234567890
Anna Kowalska by 3/4/27
Anna Kowalska, 3 April 2027
give EM-2 to Anna Kowalska, due 4 Dec
ask J.S. Haldane lecture committee
J. Smith and M. Brown wrote the draft
Fox et al. 2012
Thompson AJ, 2018 criteria
letter of 18 June 1998
Helsinki declaration of 1964
Carta di Milano, 12 marzo 2027
réunion des patients le 3 avril 2027
voyage des patients à Paris
partenaire patient Anna
association de patients, 12 membres
parcours patient en 4 étapes
Patientenvertreterin Anna kommt am 4.12.2026
Patientenorganisation, 12 Mitglieder
Patientinnen und Patienten 2027
Antrag bis 3.4.2027
pazienti e caregiver, 12 marzo
associazione pazienti AISM
percorso paziente 2027
patiëntenvereniging MS, 12 leden
patiëntpartner Anna
asociación de pacientes, 3 de abril de 2027
viaje de los pacientes
ne le 3 decembre
role partner @anna for symptoms
zone Calgary
away until 4 Dec
ACTION: @anna send the template by Friday
ACTION: patient leaflet to the printer by 3/4/27
setup Symptoms and Rehabilitation
help
<@U0DEMO004> draft the shortlist by 4 Dec
<https://example.org/report/9434765919|report>
https://example.org/p/9434765919
<https://x.slack.com/archives/C0DEMO002/p1795262400123456|a message>
file_9434765919.pdf
1795262400.123456
0.9434765919
hash 4857773456ab
patient-level data sharing agreement, version 3
individual patient data meta-analysis 2026
Patient Level Data: Milan, Oxford, Toronto
expert patient programme
the patient voice in PRO MS
patient A/B test of the leaflet
add patient-facing summary of the trial, 3 pages
patient and carer day: Anna brings the badges
"""

HARMLESS = tuple(line.replace("⏎", "\n") for line in TOLD.strip().splitlines())

TOLD_BY_OTHERS = """
patient IRB approval
Patient NFL levels
patient DNA consent
patient number 400 recruited
Recruit patient number 100 by May
patient Biobank
patient Swedish MS registry
Patient Amsterdam cohort
patient May cohort
Patient Milan February
Pt II results
McDonald Criteria 12/11/2001
Helsinki Declaration 1 June 1964
Lublin Reingold 1 April 1996 paper
The group was born on 10 September 2012
"""

BY_OTHERS = tuple(TOLD_BY_OTHERS.strip().splitlines())
