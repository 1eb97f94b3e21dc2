"""What the letters of the bench say, in four languages: names, headings and sentences that people vary.

Written apart from resources/letters.json, and never read by the program: a language's own ways to head a list, to deny,
to speak of relatives and of what may come.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """The words of one language; `{}` in a sentence is what it speaks of."""

    illnesses: tuple[str, ...]
    medicines: tuple[tuple[str, str, str], ...]
    """Name, strength, how often."""
    substances: tuple[tuple[str, str], ...]
    """What somebody is allergic to, and what it does."""
    no_allergies: tuple[str, ...]
    head: tuple[str, ...]
    of_diagnoses: tuple[str, ...]
    of_past: tuple[str, ...]
    of_medicines: tuple[str, ...]
    of_allergies: tuple[str, ...]
    of_family: tuple[str, ...]
    of_course: tuple[str, ...]
    of_examination: tuple[str, ...]
    of_plan: tuple[str, ...]
    examination: tuple[str, ...]
    plans: tuple[str, ...]
    said: tuple[str, ...]
    """Running text that says of the person that they have an illness."""
    taken: tuple[str, ...]
    """Running text that says what is taken: name, strength, how often."""
    denied: tuple[str, ...]
    of_relatives: tuple[str, ...]
    may_come: tuple[str, ...]
    not_taken: tuple[str, ...]
    farewell: tuple[str, ...]


ENGLISH = Language(
    illnesses=(
        "Atrial fibrillation",
        "Type 2 diabetes mellitus",
        "Essential hypertension",
        "Rheumatoid arthritis",
        "Chronic kidney disease stage 3",
        "Asthma",
        "Gout",
        "Ulcerative colitis",
        "Migraine",
        "Osteoporosis",
        "Congestive heart failure",
        "Iron deficiency anaemia",
        "Hypothyroidism",
        "Sarcoidosis",
        "Epilepsy",
        "Coeliac disease",
        "Obstructive sleep apnoea",
        "Barrett's oesophagus",
        "Peripheral neuropathy",
        "Glaucoma",
        "Varicose veins",
        "Diverticulosis",
        "Gallstones",
        "Carpal tunnel syndrome",
        "Lumbar disc herniation",
    ),
    medicines=(
        ("Ramipril", "5 mg", "once daily"),
        ("Metformin", "500 mg", "twice a day"),
        ("Bisoprolol", "2.5 mg", "every morning"),
        ("Apixaban", "5 mg", "bd"),
        ("Omeprazole", "20 mg", "od"),
        ("Levothyroxine", "75 mcg", "daily"),
        ("Atorvastatin", "40 mg", "at night"),
        ("Tiotropium", "18 mcg", "once daily"),
        ("Allopurinol", "300 mg", "daily"),
        ("Warfarin", "3 mg", "as directed"),
        ("Gabapentin", "300 mg", "three times daily"),
        ("Zolpidem", "5 mg", "at bedtime"),
        ("Furosemide", "40 mg", "q.d."),
        ("Methotrexate", "15 mg", "once weekly"),
        ("Folic acid", "5 mg", "once weekly"),
    ),
    substances=(
        ("Penicillin", "rash"),
        ("Latex", "hives"),
        ("Trimethoprim", ""),
        ("Peanuts", "anaphylaxis"),
        ("Iodine", ""),
    ),
    no_allergies=("NKDA", "No known drug allergies", "None known", "Nil known"),
    head=(
        "St Elsewhere Hospital",
        "Department of Medicine",
        "Dear Dr Grey,",
        "Re: Ms Alex Example, date of birth 12/03/1961",
    ),
    of_diagnoses=("DIAGNOSES", "Diagnoses:", "Current problems and diagnoses", "FINAL DIAGNOSES:", "Active diagnoses:"),
    of_past=("PAST HISTORY:", "Past medical and surgical history:", "PMHx:", "Background:", "Medical background"),
    of_medicines=(
        "MEDICATIONS ON LEAVING HOSPITAL:",
        "Medicines at discharge:",
        "TTO medication",
        "Regular medications:",
    ),
    of_allergies=("ALLERGIES:", "Drug allergies and sensitivities:", "Allergy status:"),
    of_family=("FAMILY HX:", "Family medical history:", "Familial history:"),
    of_course=("HOSPITAL COURSE:", "Clinical narrative:", "HISTORY OF PRESENTING COMPLAINT:", "Summary of stay"),
    of_examination=("ON EXAMINATION:", "Examination findings:", "INVESTIGATIONS:", "Blood results:"),
    of_plan=("PLAN:", "Follow-up arrangements:", "Actions for GP:", "NEXT STEPS:"),
    examination=(
        "Chest clear. Heart sounds normal. Blood pressure 132/78.",
        "Haemoglobin 134 g/l, creatinine 82 umol/l.",
        "Abdomen soft and not tender. No oedema.",
    ),
    plans=("Repeat blood tests in 6 weeks", "Review in clinic in three months", "Chest X-ray in four weeks"),
    said=(
        "The patient has {} and is followed by us.",
        "He is known to have {}.",
        "Her {} was well controlled.",
        "On the ward {} was diagnosed.",
        "She also suffers from {}.",
    ),
    taken=("We commenced {} {} {}.", "She takes {} {} {}.", "He was discharged on {} {} {}.", "{} {} {} was started."),
    denied=(
        "There was no evidence of {}.",
        "She denies any {}.",
        "{} was ruled out.",
        "We found nothing to suggest {}; no {} was seen.",
    ),
    of_relatives=(
        "Her mother had {}.",
        "His brother was treated for {}.",
        "Father died of {}.",
        "There is a family history of {}.",
    ),
    may_come=(
        "Should he develop {}, please send him back.",
        "She is at increased risk of {}.",
        "If {} occurs, call us.",
        "We screened for {}.",
    ),
    not_taken=(
        "{} {} {} was stopped.",
        "We would consider {} {} {}.",
        "She should avoid {} {} {}.",
        "{} {} {} was not tolerated.",
    ),
    farewell=("Yours sincerely,", "Kind regards"),
)
GERMAN = Language(
    illnesses=(
        "Vorhofflimmern",
        "Diabetes mellitus Typ 2",
        "Arterielle Hypertonie",
        "Rheumatoide Arthritis",
        "Chronische Niereninsuffizienz Stadium 3",
        "Asthma bronchiale",
        "Gicht",
        "Colitis ulcerosa",
        "Migräne",
        "Osteoporose",
        "Herzinsuffizienz",
        "Eisenmangelanämie",
        "Hypothyreose",
        "Sarkoidose",
        "Epilepsie",
        "Zöliakie",
        "Struma nodosa",
        "Refluxösophagitis",
        "Polyneuropathie",
        "Glaukom",
        "Varikosis",
        "Divertikulose",
        "Cholezystolithiasis",
        "Karpaltunnelsyndrom",
        "Bandscheibenvorfall L4/5",
    ),
    medicines=(
        ("Ramipril", "5 mg", "1-0-0"),
        ("Metformin", "1000 mg", "1-0-1"),
        ("Bisoprolol", "2,5 mg", "1-0-0"),
        ("Apixaban", "5 mg", "1-0-1"),
        ("Pantoprazol", "40 mg", "1-0-0"),
        ("L-Thyroxin", "75 µg", "1-0-0"),
        ("Atorvastatin", "40 mg", "0-0-1"),
        ("Torasemid", "10 mg", "1-1/2-0"),
        ("Allopurinol", "300 mg", "0-0-1"),
        ("Novaminsulfon", "500 mg", "bei Bedarf"),
        ("Gabapentin", "300 mg", "1-1-1"),
        ("Zopiclon", "7,5 mg", "0-0-0-1"),
        ("Eplerenon", "25 mg", "1-0-0"),
        ("Methotrexat", "15 mg", "1x wöchentlich"),
        ("Amlodipin", "5 mg", "1-0-0"),
    ),
    substances=(
        ("Penicillin", "Exanthem"),
        ("Latex", ""),
        ("Jod", "Juckreiz"),
        ("Erdnüsse", "Anaphylaxie"),
        ("Pflaster", ""),
    ),
    no_allergies=("Keine bekannt", "Keine bekannten Allergien", "Nicht bekannt"),
    head=(
        "Krankenhaus am Wald",
        "Medizinische Klinik II",
        "Sehr geehrter Herr Kollege,",
        "wir berichten über Frau Alex Beispiel, geboren am 12.03.1961, die sich bei uns befand.",
    ),
    of_diagnoses=(
        "DIAGNOSEN",
        "Entlassungsdiagnosen:",
        "Haupt- und Nebendiagnosen:",
        "Diagnosen (ICD-10):",
        "Behandlungsdiagnosen",
    ),
    of_past=("Vorerkrankungen:", "Relevante Vorerkrankungen:", "Bekannte Vorerkrankungen:"),
    of_medicines=(
        "Medikation bei Entlassung",
        "Medikamente bei Entlassung:",
        "Aktuelle Dauermedikation:",
        "THERAPIEEMPFEHLUNG",
    ),
    of_allergies=("Allergien:", "Allergien / Unverträglichkeiten:", "Unverträglichkeiten:"),
    of_family=("Familienanamnese:", "Familiäre Anamnese:"),
    of_course=("Therapie und Verlauf:", "Anamnese:", "Epikrise", "Klinischer Verlauf"),
    of_examination=("Untersuchungsbefund:", "Labor bei Aufnahme:", "Körperlicher Untersuchungsbefund:"),
    of_plan=("Procedere:", "Weiteres Vorgehen:", "Empfehlungen:"),
    examination=(
        "Lunge frei, Herztöne rein. RR 132/78 mmHg.",
        "Hb 13,4 g/dl, Kreatinin 0,9 mg/dl, CRP 5 mg/l.",
        "Abdomen weich, kein Druckschmerz.",
    ),
    plans=("Laborkontrolle in 6 Wochen", "Wiedervorstellung in drei Monaten", "Röntgenkontrolle in vier Wochen"),
    said=("Bei dem Patienten besteht {}.", "Bekannt ist {}.", "Die Patientin leidet an {}.", "Es zeigte sich {}."),
    taken=("Wir begannen mit {} {} {}.", "Sie nimmt {} {} {}.", "Neu angesetzt wurde {} {} {}."),
    denied=(
        "Es fand sich kein Hinweis auf {}.",
        "{} wurde ausgeschlossen.",
        "Kein Nachweis von {}.",
        "{} wird verneint.",
    ),
    of_relatives=("Die Mutter hatte {}.", "Der Vater verstarb an {}.", "Ein Bruder leidet an {}."),
    may_come=(
        "Falls {} auftritt, bitten wir um Vorstellung.",
        "Es besteht ein erhöhtes Risiko für {}.",
        "Bei Auftreten von {} sofortige Wiedervorstellung.",
    ),
    not_taken=(
        "{} {} {} wurde abgesetzt.",
        "Gegebenenfalls sollte {} {} {} erwogen werden.",
        "{} {} {} wurde nicht vertragen.",
    ),
    farewell=("Mit freundlichen Grüßen", "Mit kollegialen Grüßen"),
)
SPANISH = Language(
    illnesses=(
        "Fibrilación auricular",
        "Diabetes mellitus tipo 2",
        "Hipertensión arterial",
        "Artritis reumatoide",
        "Enfermedad renal crónica estadio 3",
        "Asma",
        "Gota",
        "Colitis ulcerosa",
        "Migraña",
        "Osteoporosis",
        "Insuficiencia cardíaca",
        "Anemia ferropénica",
        "Hipotiroidismo",
        "Sarcoidosis",
        "Epilepsia",
        "Enfermedad celíaca",
        "Hernia de hiato",
        "Colelitiasis",
        "Síndrome del túnel carpiano",
        "Glaucoma",
    ),
    medicines=(
        ("Ramipril", "5 mg", "cada 24 horas"),
        ("Metformina", "850 mg", "cada 12 horas"),
        ("Bisoprolol", "2,5 mg", "1-0-0"),
        ("Apixaban", "5 mg", "cada 12 horas"),
        ("Omeprazol", "20 mg", "una vez al día"),
        ("Levotiroxina", "75 mcg", "por la mañana"),
        ("Atorvastatina", "40 mg", "por la noche"),
        ("Furosemida", "40 mg", "1-0-0"),
        ("Alopurinol", "300 mg", "al día"),
        ("Paracetamol", "1 g", "si precisa"),
        ("Gabapentina", "300 mg", "cada 8 horas"),
    ),
    substances=(("Penicilina", "exantema"), ("Látex", ""), ("Yodo", "prurito"), ("Cacahuete", "anafilaxia")),
    no_allergies=("No conocidas", "Sin alergias medicamentosas conocidas", "No alergias conocidas"),
    head=("Hospital del Valle", "Servicio de Medicina Interna", "Paciente: Alex Ejemplo, nacido el 12/03/1961"),
    of_diagnoses=(
        "DIAGNÓSTICOS AL ALTA:",
        "Diagnóstico principal y secundarios:",
        "Diagnósticos:",
        "JUICIO DIAGNÓSTICO:",
    ),
    of_past=("ANTECEDENTES PERSONALES:", "Antecedentes médicos de interés:", "Antecedentes:"),
    of_medicines=("TRATAMIENTO AL ALTA:", "Medicación domiciliaria actual:", "Medicación al alta:"),
    of_allergies=("ALERGIAS:", "Alergias medicamentosas:", "Alergias e intolerancias:"),
    of_family=("Antecedentes familiares:", "Historia familiar:"),
    of_course=("EVOLUCIÓN:", "Enfermedad actual:", "Evolución durante el ingreso:"),
    of_examination=("EXPLORACIÓN FÍSICA:", "Pruebas complementarias:", "Analítica:"),
    of_plan=("RECOMENDACIONES:", "Plan de seguimiento:"),
    examination=(
        "Consciente y orientado. TA 132/78.",
        "Hemoglobina 13,4 g/dL, creatinina 0,9 mg/dL.",
        "Abdomen blando, no doloroso.",
    ),
    plans=("Control analítico en 6 semanas", "Revisión en consulta en tres meses"),
    said=("El paciente presenta {}.", "Padece {}.", "Durante el ingreso se diagnosticó {}."),
    taken=("Toma {} {} {}.", "Se pauta {} {} {}.", "Se inició {} {} {}."),
    denied=("No se observa {}.", "Se descartó {}.", "Niega {}.", "Sin datos de {}."),
    of_relatives=("Su madre tuvo {}.", "Padre fallecido por {}.", "Un hermano con {}."),
    may_come=("En caso de {}, acudir a urgencias.", "Tiene riesgo de {}.", "Si presenta {}, consultar."),
    not_taken=("Se suspendió {} {} {}.", "Valorar {} {} {} si no mejora.", "Evitar {} {} {}."),
    farewell=("Atentamente,", "Un saludo"),
)
FRENCH = Language(
    illnesses=(
        "Fibrillation auriculaire",
        "Diabète de type 2",
        "Hypertension artérielle",
        "Polyarthrite rhumatoïde",
        "Insuffisance rénale chronique stade 3",
        "Asthme",
        "Goutte",
        "Rectocolite hémorragique",
        "Migraine",
        "Ostéoporose",
        "Insuffisance cardiaque",
        "Anémie ferriprive",
        "Hypothyroïdie",
        "Sarcoïdose",
        "Épilepsie",
        "Maladie cœliaque",
        "Hernie hiatale",
        "Lithiase vésiculaire",
        "Syndrome du canal carpien",
        "Glaucome",
    ),
    medicines=(
        ("Ramipril", "5 mg", "le matin"),
        ("Metformine", "850 mg", "matin et soir"),
        ("Bisoprolol", "2,5 mg", "1-0-0"),
        ("Apixaban", "5 mg", "matin et soir"),
        ("Oméprazole", "20 mg", "le soir"),
        ("Lévothyroxine", "75 µg", "le matin"),
        ("Atorvastatine", "40 mg", "le soir"),
        ("Furosémide", "40 mg", "1-0-0"),
        ("Allopurinol", "300 mg", "une fois par jour"),
        ("Paracétamol", "1 g", "si besoin"),
        ("Gabapentine", "300 mg", "trois fois par jour"),
    ),
    substances=(("Pénicilline", "urticaire"), ("Latex", ""), ("Iode", "prurit"), ("Arachide", "anaphylaxie")),
    no_allergies=("Aucune connue", "Pas d'allergie connue", "Aucune allergie"),
    head=(
        "Centre hospitalier du Lac",
        "Service de médecine interne",
        "Cher confrère,",
        "Votre patient Alex Exemple, né le 12/03/1961, a été hospitalisé dans le service.",
    ),
    of_diagnoses=("DIAGNOSTICS RETENUS :", "Diagnostics de sortie :", "Diagnostic principal et associés :"),
    of_past=("ANTÉCÉDENTS :", "Antécédents médicaux :", "Antécédents personnels :"),
    of_medicines=("TRAITEMENT DE SORTIE :", "Traitement habituel à domicile :", "Ordonnance de sortie :"),
    of_allergies=("ALLERGIES :", "Allergies et intolérances :", "Allergies connues :"),
    of_family=("Antécédents familiaux :", "Histoire familiale :"),
    of_course=("HISTOIRE DE LA MALADIE :", "Évolution dans le service :", "Évolution :"),
    of_examination=("EXAMEN CLINIQUE :", "Examens complémentaires :", "Biologie :"),
    of_plan=("CONDUITE À TENIR :", "Suivi :"),
    examination=(
        "Auscultation normale. TA 132/78.",
        "Hémoglobine 13,4 g/dl, créatinine 82 µmol/l.",
        "Abdomen souple, indolore.",
    ),
    plans=("Contrôle biologique dans 6 semaines", "Consultation de cardiologie dans trois mois"),
    said=("Le patient présente {}.", "Il est suivi pour {}.", "Elle souffre de {}."),
    taken=("Il prend {} {} {}.", "Nous avons introduit {} {} {}.", "Mise en route de {} {} {}."),
    denied=("Pas d'argument pour {}.", "{} a été éliminé.", "Absence de {}."),
    of_relatives=("Sa mère a eu {}.", "Père décédé de {}.", "Un frère suivi pour {}."),
    may_come=("En cas de {}, consulter.", "Il existe un risque de {}.", "Si {} survient, revenir."),
    not_taken=("{} {} {} a été arrêté.", "Envisager {} {} {} si besoin.", "Éviter {} {} {}."),
    farewell=("Bien confraternellement,", "Cordialement"),
)
LANGUAGES = {"en": ENGLISH, "de": GERMAN, "es": SPANISH, "fr": FRENCH}
