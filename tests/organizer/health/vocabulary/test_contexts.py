"""What stands beside a word: sentences as they are written in problem lists and reports of four languages."""

from organizer.health.vocabulary import concepts_of, mentions_in, speaks_of
from organizer.model.entry import Entry

ILLNESSES = frozenset({"serious", "cancer", "tumour", "infection", "hepatitis", "diabetes"})
TAKEN_BACK = (
    "There is no radiographic evidence of pneumonia.",
    "Negative for malignancy.",
    "Biopsy: no malignancy identified",
    "No definite evidence of pulmonary embolism",
    "CT negative for PE and pneumonia",
    "Malignancy not excluded",
    "Cannot exclude lymphoma",
    "Lymphoma cannot be excluded",
    "Rule-out MI",
    "MI ruled out",
    "Myocardial infarction was excluded",
    "Heart failure – unlikely",
    "Patient denies heart failure, stroke or cancer",
    "Family hx: breast ca, colon cancer",
    "Dad had a heart attack",
    "Strong family history of ovarian cancer",
    "Her sister was diagnosed with breast cancer",
    "Wants to be tested for lupus",
    "At increased risk of stroke",
    "Hx CVA",
    "Prior stroke",
    "Previous myocardial infarction",
    "H/O MI",
    "Remote history of lymphoma",
    "Colon cancer screening",
    "Breast cancer gene test",
    "Pneumonia vaccine",
    "Influenza vaccination",
    "Immunization against hepatitis B",
    "Lupus - not confirmed",
    "Suspicion for vasculitis",
    "Suspicious for malignancy",
    "Query MS",
    "Possible Parkinson disease",
    "Probable Alzheimer's",
    "Likely lymphoma",
    "Presumed lung cancer",
    "Lesion worrisome for lung cancer",
    "Breast cancer vs. fibroadenoma",
    "Breast cancer (to be confirmed)",
    "Breast cancer, provisional",
    "Cáncer de mama (por confirmar)",
    "Imagen sugestiva de cáncer de mama",
    "Mammakarzinom (V. a.)",
    "Mammakarzinom, noch nicht gesichert",
    "?MS",
    "MS?",
    "Concern for sepsis",
    "Sin signos de cáncer",
    "No se observa neumonía",
    "No presenta insuficiencia cardiaca",
    "Niega cardiopatía",
    "Descartada embolia pulmonar",
    "Se descarta tumor",
    "Probable lupus",
    "Posible esclerosis múltiple",
    "Sospecha de neumonía",
    "AP: infarto de miocardio",
    "Antecedente de ictus",
    "Su madre tuvo cáncer de mama",
    "Padre fallecido por cáncer de pulmón",
    "Abuela materna con cáncer de colon",
    "Programa de cribado de cáncer de mama",
    "Miedo al cáncer",
    "Preocupación por cáncer",
    "Riesgo elevado de ictus",
    "Prevención del ictus",
    "Kein Hinweis auf Malignität",
    "Kein Anhalt für Herzinsuffizienz",
    "Keine Pneumonie",
    "Ohne Nachweis einer Lungenembolie",
    "Ausschluss einer Lungenembolie",
    "Lungenembolie ausgeschlossen",
    "Schlaganfall ausgeschlossen",
    "DD Lymphom",
    "Verdacht auf Herzinfarkt",
    "Herzinfarkt 2010 (Z.n.)",
    "Zustand nach Herzinfarkt",
    "St. n. Apoplex",
    "Anamnestisch Vorhofflimmern",
    "Mutter an Brustkrebs verstorben",
    "Familienanamnese: Vater Herzinfarkt",
    "Mammographie-Screening Brustkrebs",
    "Brustkrebsfrüherkennung",
    "Angst vor Krebs",
    "Schlaganfallrisiko",
    "Erhöhtes Risiko für Schlaganfall",
    "Thromboseprophylaxe",
    "Pas de signe de pneumonie",
    "Absence d'embolie pulmonaire",
    "Aucun argument pour un cancer",
    "Embolie pulmonaire éliminée",
    "Suspicion d'AVC",
    "Antécédents d'infarctus du myocarde",
    "ATCD: AVC",
    "Mère décédée d'un cancer du sein",
    "Cancer du sein chez la mère",
    "Dépistage du cancer colorectal",
    "Risque d'AVC élevé",
    "Prévention de l'AVC",
    "Peur du cancer",
    "Rémission complète d'une leucémie",
    "Leucémie en rémission",
    "Vaccin contre la grippe",
    "Bilan de lupus",
    "Recherche de cancer",
)
STATED = (
    "Acute pneumonia, right lower lobe",
    "Pneumonia with no effusion",
    "Heart failure without edema",
    "Breast cancer, no family history",
    "Diabetes with no complications",
    "Stroke with residual weakness, no aphasia",
    "Lung cancer, never smoker",
    "Metastatic melanoma, BRAF negative",
    "Multiple sclerosis, not on treatment",
    "Crohn disease, not well controlled",
    "Cancer of breast, screen detected",
    "Breast cancer found at screening mammography",
    "Prostate cancer, high risk",
    "High risk prostate cancer",
    "Ovarian cancer, BRCA negative",
    "Hodgkin lymphoma stage II without B symptoms",
    "Rheumatoid arthritis, seronegative",
    "Lupus with negative anti-dsDNA",
    "Insuficiencia cardíaca sin edemas",
    "Cáncer de mama sin metástasis",
    "Neumonía, sin derrame",
    "Esclerosis múltiple no tratada",
    "Brustkrebs ohne Metastasen",
    "Herzinsuffizienz, nicht eingestellt",
    "Lungenentzündung ohne Erguss",
    "Mammakarzinom, HER2 negativ",
    "Bekannte KHK",
    "Cancer du sein sans métastase",
    "Insuffisance cardiaque non contrôlée",
    "Sclérose en plaques, sans traitement",
    "AVC récent, pas de séquelle",
    "Pneumonie franche sans épanchement",
    "Type 1 diabetes mellitus without complication",
    "Non-Hodgkin's lymphoma NOS",
    "Acute stroke, family notified",
    "Breast cancer; mother of two",
    "Cirrhosis due to alcohol",
    "Rezidivierendes Glioblastom",
)


def stated(title):
    return concepts_of(Entry("Condition", title)) & ILLNESSES


def test_no_illness_is_stated_of_this_person_now():
    assert [title for title in TAKEN_BACK if stated(title)] == []


def test_an_illness_beside_other_denials_and_suspicions_stays_stated():
    assert [title for title in STATED if not stated(title)] == []


def test_a_mention_says_where_it_stands_and_what_takes_it_back():
    text = "CT: no evidence of pulmonary embolism. Known Crohn's disease. Mother had a stroke."
    told = {text[one.start : one.end]: one.contexts for one in mentions_in(text, ("serious",))}
    assert told["pulmonary embolism"] == {"negated"}
    assert told["Crohn"] == frozenset()
    assert told["stroke"] == {"family"}


def test_a_denial_ends_with_its_sentence_and_at_but():
    assert speaks_of("No fever. Pneumonia.", "pneumonia")
    assert speaks_of("No fever but pneumonia", "pneumonia")
    assert not speaks_of("No fever, chills or pneumonia", "pneumonia")


def test_a_denial_reaches_seven_words_far():
    assert not speaks_of("no one two three four five six seven pneumonia", "pneumonia")
    assert speaks_of("no one two three four five six seven eight pneumonia", "pneumonia")


def test_a_no_behind_counts_only_where_it_ends_the_clause():
    assert not speaks_of("Cancer: no", "cancer")
    assert speaks_of("Cancer no metastases", "cancer")
