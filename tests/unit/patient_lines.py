"""Lines that tell of a patient, written before there was any rule; all invented.

`⏎` stands for a line break. Every third line is held out: the rules were not written looking at it.
Those by others were found missed by somebody who had not written the rules, and mended since.
"""

TOLD = """
NHS 999 000 0018
NHS number 999 000 0018
NHS no. 999-000-0018
NHS: 9990000018
nhs 9990000018
Nhs Number: 9990000018
NHS# 999 000 0018
NHS no 999.000.0018
N.H.S. number 999 000 0018
NHS-number 999\u00a0000\u00a00018
NHS number is 999 000 0018
NHS Nr 999/000/0018
add review scan NHS 999 000 0018 by 4 Dec
add send the file (NHS number 943 476 5919) to Lyon
call the clinic about 943 476 5919 (NHS number) by Friday
her NHS number: 943\u2011476\u20115919
*NHS* 943 476 5919
NHS `9434765919`
NHS number⏎943 476 5919
NHS number = 943 476 5919, please check
NHS \uff19\uff19\uff19 \uff10\uff10\uff10 \uff10\uff10\uff11\uff18
NHS \u0669\u0669\u0669 \u0660\u0660\u0660 \u0660\u0660\u0661\u0668
NHS 999\u2013000\u20130018
NHS 999\u2009000\u20090018
N H S 9 9 9 0 0 0 0 0 1 8
NHS\u200b 999 000\u200b 0018
patient NHS number 4857773456, relapse in May
NHS num 485 777 3456
nhs_number: 4857773456
NHS no: 401 023 2137 is missing from the form
CHI 0101611234
CHI number 010161 1234
CHI no. 010161-1234
chi: 0403615678
CHI 040361 5678 for the Edinburgh site
MRN 4471902
MRN: 00123456
MRN# A-123456
mrn 4471902 needs a new scan
medical record number 4471902
Medical record no. 44 71 902
MRN is 4471902
hospital number 234567
hospital no. H234567
Hospital No: RXH 234567
hosp no 234567
hosp. no. 0234567
hospital ID 234567
hospital number: K1234567 by Friday
her hospital number is 234567
hospital #234567
patient id 12
patient ID: 0147
Patient-ID 0147
patient no. 12
patient number 12
patient #12
pt id 0147
pt no. 17 withdrew on Monday
pat. no. 0147
patient identifier 00-147
subject is patient 01-0234
patient 10023 has a relapse
study patient number: 004-017
case note number 558123
chart number 558123
patient record number 558123
unit number 558123 at the Royal
record the dose for patient ID PMS-0042
Health and Care Number 320 123 4567
patient J.S., DOB 3/4/61
patient J.S.
patient J. S. has a relapse
patient JS asked to stop
patient J S asked to stop
Patient: J.S.
patient (J.S.) to be re-scanned by 4 Dec
pt J.S. wants the results
pt. J.S. wants the results
Pt JS seen in clinic
patients J.S. and M.K. missed their visit
patient M.-L.K. agreed
patient initials JS
patient's initials: J.S.
patient with initials K.B.
*patient* J.S.
patient\u00a0J.S.
patient J\u2024S\u2024
patient\u2014J.S.
patient⏎J.S.
patient Smith
patient John Smith moved to Leeds
patient Mary Brown, relapse
the patient Mrs Brown called again
patient Mr. J. Smith
pt Smith wants the results
pt. Mary Brown withdrew
Patient name: Mary Brown
patient's name is Mary Brown
name of patient: Mary Brown
patient called Mary Brown
Patient: Brown, Mary
patient M. Brown
our patient Ms Okafor is in hospital
patient O'Neill
patient Jean-Pierre Martin
patient M\u00fcller
Patient Ó Briain
send the scan of patient Kowalska to Lyon
patient initials are K.B., left the arm
DOB 3/4/61
DOB: 03/04/1961
dob 03.04.1961
DOB 1961-04-03
D.O.B. 3 April 1961
d.o.b 3rd April 1961
DOB 3 Apr 61
DOB April 3, 1961
DOB 03041961
DOB 1961
DOB = 3/4/61
(DOB 3\u20114\u201161)
date of birth 3/4/61
Date of birth: 3 April 1961
date of birth is April 3rd, 1961
birth date 3/4/1961
birthdate: 1961-04-03
birthday 3/4/61
born 3/4/61
born on 3 April 1961
born 3 Apr 1961
born on April 3, 1961
she was born on 03.04.1961 in Leeds
born 1961-04-03
born:⏎3/4/61
DOB⏎03/04/1961
DOB \uff13/\uff14/\uff16\uff11
Mary Brown, DOB 3/4/61
Mary Brown (born 3 April 1961)
J.S. DOB 3/4/61
Mary Brown 3/4/1961
Mary Brown, 03/04/1961
Mary Brown (3.4.1961)
Smith, John 03-04-1961
Mary Brown b. 3/4/61
add call Mary Brown 03/04/1961 about the scan
M. Brown, 3 April 1961
numéro de sécurité sociale 1 61 04 75 123 456 78
n° de dossier 234567
numéro de patient 147
numéro patient : 0147
NIR 161047512345678
patient n° 147
IPP 800234567
née le 3 avril 1961
né le 03/04/1961
n\u00e9(e) le 3/4/61
date de naissance : 03/04/1961
la patiente Dupont
patiente M.D. a rechuté
Patientennummer 0147
Patienten-ID: 0147
Patient Nr. 147
Versichertennummer A123456789
Krankenversichertennummer A123456789
Fallnummer 558123
geboren am 3.4.1961
geb. 03.04.1961
geb. am 3. April 1961
Geburtsdatum: 03.04.1961
Patientin K.B. hat abgesagt
Patientin Schneider
codice fiscale RSSMRA61D43H501X
numero paziente 0147
paziente n. 147
cartella clinica n. 558123
tessera sanitaria 80380000123456789012
nata il 3 aprile 1961
nato il 03/04/1961
data di nascita 03/04/1961
paziente Rossi
paziente M.R. sospesa
BSN 123456782
burgerservicenummer 123456782
patiëntnummer 0147
patiënt nr 147
geboren op 3 april 1961
geboortedatum: 03-04-1961
patiënt J.d.V.
patiënte De Vries
número de historia clínica 558123
NHC 558123
número de paciente 0147
paciente n.º 147
tarjeta sanitaria 123456789012
nacida el 3 de abril de 1961
nacido el 03/04/1961
fecha de nacimiento: 03/04/1961
paciente García
la paciente M.G. no vino
ACTION: patient J.S. to be called by Friday
ACTION: send MRN 4471902 to Milan
done EM-2 patient J.S. has agreed
block EM-2 waiting for DOB 3/4/61 of the patient
note EM-2 NHS 999 000 0018
943 476 5919
485 777 3456 please
add look up 943-476-5919 by Friday
9434765919
"""

PATIENT = tuple(line.replace("⏎", "\n") for line in TOLD.strip().splitlines())

TOLD_BY_OTHERS = """
geboren 3-4-1961
nata a Genova il 3/4/1961
b. 3/4/61 Mary Smith
MARY SMITH 3/4/1961
Mary Smith born in 1961
pts J.S. and M.K.
John Smith (patient)
J.S. (patient)
patient: smith, john
RAMQ TREM 6104 0312
OHIP 1234 567 890
AHV 756.1234.5678.97
SSN 123-45-6789
DoB 3|4|61
pat\u0131ent J.S.
p\u0430tient J.S.
"""

BY_OTHERS = tuple(TOLD_BY_OTHERS.strip().splitlines())
