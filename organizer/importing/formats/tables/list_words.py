"""What the headings of lists mean: of medicines, vaccinations, allergies and diagnoses, in several languages.

Words stand as `headings.plain` makes them. The first role of each list names the thing itself: without it a table is
no such list.
"""

from dataclasses import dataclass

MEDICINE = "MedicationStatement"
VACCINE = "Immunization"
ALLERGY = "AllergyIntolerance"
DIAGNOSIS = "Condition"

_NOTE = (
    "note|notes|comment|comments|remarks|kommentar|bemerkung|bemerkungen|hinweis|hinweise|notas|comentarios|"
    "observaciones|remarque|remarques|commentaire|примечание|комментарий|uwagi|opmerkingen|details"
)
_PERSON = "patient|patient name|person|member|family member|paciente|patientin|пациент|фио"


@dataclass(frozen=True, slots=True)
class ListWords:
    """A kind of entry, and the words of the headings for each of its roles."""

    kind: str
    roles: tuple[tuple[str, str], ...]


LISTS = (
    ListWords(
        MEDICINE,
        (
            (
                "title",
                "medication|medications|medicine|medicines|drug|drug name|medication name|medicine name|prescription|"
                "brand name|medikament|medikamente|arzneimittel|wirkstoff|praparat|handelsname|medicamento|"
                "medicamentos|"
                "farmaco|medicament|medicaments|traitement|farmaci|препарат|лекарство|лекарства|lek|medicijn|lakemedel|"
                "supplement|supplements|medication and strength|medication name and strength|name of medication",
            ),
            (
                "dose",
                "dose|dosage|strength|amount|dosis|dosierung|starke|dosaggio|posologie|dose and strength|доза|"
                "дозировка|dawka|dosering|dosis y unidad|strength dose",
            ),
            (
                "frequency",
                "frequency|how often|schedule|times per day|times a day|sig|directions|instructions|"
                "how to take|haufigkeit|"
                "einnahme|einnahmehinweis|anwendung|frecuencia|pauta|posologia|frequence|frequenza|кратность|"
                "как принимать|when taken|when to take|how taken|dosing",
            ),
            ("morning", "morning|am|morgens|fruh|matin|manana|desayuno|mattina|утро|rano|ochtend|breakfast"),
            ("noon", "noon|midday|lunch|afternoon|mittags|mittag|midi|mediodia|comida|mezzogiorno|день|middag"),
            ("evening", "evening|pm|dinner|abends|abend|soir|noche|cena|sera|вечер|wieczor|avond"),
            ("night", "night|bedtime|at bedtime|nachts|zur nacht|nacht|coucher|al acostarse|notte|ночь|na noc"),
            ("route", "route|how given|applikation|verabreichung|via|voie|via de administracion|способ"),
            (
                "since",
                "start|start date|started|since|from|begin|began|date started|started on|prescribed on|date prescribed|"
                "beginn|seit|von|angesetzt|inicio|fecha inicio|fecha de inicio|desde|debut|date de debut|depuis|inizio|"
                "начало|дата начала|data rozpoczecia|startdatum|first taken",
            ),
            (
                "until",
                "stop|stop date|stopped|end|end date|ended|until|to|date stopped|stopped on|discontinued|ende|bis|"
                "abgesetzt|abgesetzt am|fin|fecha fin|fecha de fin|hasta|arret|date de fin|jusqu au|fine|конец|"
                "дата окончания|data zakonczenia|einddatum|last taken",
            ),
            (
                "reason",
                "reason|for|indication|what for|why|condition|purpose|treats|reason for taking|grund|indikation|wofur|"
                "motivo|indicacion|para que|motif|pour|показание|от чего|powod|reden|used for",
            ),
            (
                "stop_reason",
                "why stopped|reason stopped|reason for stopping|stop reason|absetzgrund|grund fur absetzen|"
                "motivo de suspension|motif d arret|side effects|reason discontinued",
            ),
            (
                "prescriber",
                "prescriber|prescribed by|doctor|physician|provider|prescribing doctor|verordnet von|arzt|medico|"
                "recetado por|prescrit par|medecin|врач|lekarz|arts|prescribing provider",
            ),
            ("status", "status|active|current|taking|still taking|estado|statut|статус|aktuell"),
            ("note", _NOTE),
            ("person", _PERSON),
        ),
    ),
    ListWords(
        VACCINE,
        (
            (
                "title",
                "vaccine|vaccines|vaccination|vaccinations|immunization|immunizations|immunisation|"
                "immunisations|impfung|"
                "impfungen|impfstoff|vacuna|vacunas|vaccin|vaccins|vaccino|вакцина|прививка|szczepionka|szczepienie|"
                "vaccinatie|vaccine name|immunization name|vacunacion|vaccine type",
            ),
            (
                "since",
                "date|date given|given|given on|administered|administered on|date administered|date of vaccination|"
                "vaccination date|immunization date|impfdatum|datum|datum der impfung|fecha|fecha de vacunacion|"
                "date de vaccination|data|дата|дата прививки|date received",
            ),
            (
                "dose_number",
                "dose number|dose|dose no|dose nr|dosis|nr|number|numero de dosis|доза|dosis nr|dose of series",
            ),
            (
                "manufacturer",
                "manufacturer|maker|brand|hersteller|fabricante|fabricant|laboratorio|производитель|producent",
            ),
            (
                "lot",
                "lot|lot number|lot no|batch|batch number|batch no|charge|chargennummer|chargen nr|ch b|lote|n de lot|"
                "numero de lote|серия|seria",
            ),
            (
                "performer",
                "given by|administered by|clinic|provider|location|doctor|arzt|administrado por|centro|centre|lieu|"
                "кем сделана|where given|facility|administered at",
            ),
            ("site", "site|body site|arm|impfstelle|ort"),
            ("note", _NOTE),
            ("person", _PERSON),
        ),
    ),
    ListWords(
        ALLERGY,
        (
            (
                "title",
                "allergen|allergens|allergy|allergies|allergic to|substance|allergie|allergien|alergia|"
                "alergias|alergeno|"
                "allergene|аллерген|аллергия|alergen|uczulenie|allergia|allergieen|drug allergy|allergy to",
            ),
            (
                "reaction",
                "reaction|reactions|what happens|symptoms|reaktion|symptome|reaccion|sintomas|реакция|reakcja|reactie|"
                "reazione|manifestation",
            ),
            (
                "severity",
                "severity|how severe|schwere|schweregrad|gravedad|severidad|severite|gravite|тяжесть|nasilenie|ernst",
            ),
            (
                "since",
                "since|onset|date|date noted|noted|first seen|first noticed|seit|desde|fecha|depuis|с какого времени",
            ),
            ("status", "status|estado|statut"),
            ("allergy_type", "type|allergy type|art|tipo"),
            ("note", _NOTE),
            ("person", _PERSON),
        ),
    ),
    ListWords(
        DIAGNOSIS,
        (
            (
                "title",
                "condition|conditions|diagnosis|diagnoses|problem|problems|illness|disease|medical condition|"
                "health problem|"
                "diagnose|diagnosen|erkrankung|krankheit|diagnostico|diagnosticos|enfermedad|problema|diagnostic|"
                "maladie|diagnosi|диагноз|заболевание|rozpoznanie|choroba|aandoening",
            ),
            (
                "since",
                "diagnosed|diagnosed on|date diagnosed|diagnosis date|date of diagnosis|onset|onset date|since|start|"
                "start date|date of onset|diagnosedatum|erstdiagnose|seit|fecha de diagnostico|fecha diagnostico|desde|"
                "date du diagnostic|depuis|дата диагноза|с какого года|year|year diagnosed|when diagnosed",
            ),
            ("until", "resolved|resolved on|end|end date|resolution date|until|resuelto|bis|hasta|date resolved"),
            ("status", "status|estado|statut|статус|clinical status|active"),
            ("code", "icd 10|icd10|icd|icd code|icd 10 code|icd 10 gm|icd 10 cm|cie 10|cim 10|мкб 10|мкб"),
            ("made_by", "diagnosed by|doctor|physician|made by|arzt|medico|medecin|врач"),
            ("severity", "severity|stage|schweregrad|gravedad|gravite"),
            ("note", _NOTE + "|treatment"),
            ("person", _PERSON),
        ),
    ),
)

OF_INTAKES = (
    "taken|time taken|taken at|missed|skipped|scheduled|scheduled time|dose taken|adherence|eingenommen|"
    "genommen|tomado|"
    "pris|принято|time|uhrzeit|hora|heure|quantity taken"
)
"""Headings by which a table of medicines tells when doses were taken: it is no list of what is taken."""
OF_RESULTS = "result|results|value|wert|ergebnis|resultado|resultat|valor|valeur|результат"
"""Headings by which a table tells results, whatever else stands in it."""

ONGOING = (
    "ongoing|present|current|now|today|still taking|continuing|active|laufend|heute|aktuell|actual|"
    "actualmente|en curso|"
    "en cours|по настоящее время|сейчас|nadal|heden"
)
"""Words in the place of an end: there is none yet."""
STATES: dict[str, dict[str, str]] = {
    MEDICINE: {
        "active": "active|current|taking|yes|y|ja|si|oui|да|laufend|aktuell|activo|en cours|ongoing|still taking",
        "stopped": "stopped|discontinued|abgesetzt|suspendido|arrete|no longer taking|not taking|inactive|"
        "no|n|nein|non|"
        "past|former|нет|отменен",
        "completed": "completed|finished|complete|beendet|terminado|termine|done",
        "on-hold": "on hold|paused|hold|pausiert|en pausa|en pause",
        "intended": "planned|to start|future|geplant|previsto|prevu",
        "not-taken": "never started|never taken|not started|declined|refused|nie genommen|nie eingenommen|"
        "nicht begonnen|nunca tomado|no iniciado|jamais pris|non commence",
    },
    ALLERGY: {
        "active": "active|current|aktiv|aktuell|activo|activa|actif|yes|ja|si|oui",
        "inactive": "inactive|not active|inaktiv|inactivo|no|nein|non",
        "resolved": "resolved|outgrown|past|former|resuelta|passee",
    },
    DIAGNOSIS: {
        "active": "active|current|chronic|ongoing|aktiv|aktuell|chronisch|activo|activa|cronico|cronica|"
        "actif|chronique|"
        "хроническое|yes",
        "inactive": "inactive|not active|inaktiv|inactivo",
        "resolved": "resolved|past|former|cured|recovered|ausgeheilt|geheilt|resuelto|curado|gueri|resolu|вылечено",
        "remission": "remission|in remission|remision",
        "recurrence": "recurrence|recurrent|rezidiv|recidiva|recidive",
    },
}
"""How tables write the statuses of FHIR R4."""
VERIFIED = {
    "confirmed": "confirmed|verified|definite|bestatigt|gesichert|confirmado|confirmada|confirme|confirmee",
    "provisional": "suspected|possible|probable|provisional|presumed|rule out|verdacht|verdachtsdiagnose|sospecha|"
    "posible|suspecte|suspectee|presume",
    "unconfirmed": "unconfirmed|not confirmed|unbestatigt|nicht bestatigt|no confirmado|no confirmada|non confirme|"
    "non confirmee",
    "refuted": "refuted|ruled out|excluded|disproved|disproven|not allergic|no allergy|de labelled|delabelled|"
    "de labeled|delabeled|removed|ausgeschlossen|widerlegt|descartado|descartada|ecarte|ecartee|infirme|infirmee",
    "entered-in-error": "entered in error|error|mistake|wrong|irrtumlich|fehleintrag|erronea|erroneo|erreur",
}
"""How tables write, in the place of a status, how sure an allergy or a diagnosis is (FHIR R4 condition-ver-status and
allergyintolerance-verification)."""
OF_RELATIVES = (
    "family history|family|familienanamnese|familie|antecedentes familiares|familiar|antecedents familiaux|mother|"
    "father|brother|sister|mutter|vater|bruder|schwester|madre|padre|mere|pere"
)
"""How they write that a diagnosis is of a relative."""
