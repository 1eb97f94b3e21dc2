"""Titles as a classification writes them, without its code: a portal prints `Malignant neoplasm of …`."""

import pytest

from organizer.health.opinion.gathered import Gathered
from organizer.model.case import Case
from tests.organizer.health.opinion.made import TODAY, entry


def illnesses(title):
    person, diagnosis = entry("Patient", "Ann"), entry("Condition", title, "2026-11-01", status="active")
    case = entry("OpinionCase", "Case", links=(("about", diagnosis.id),))
    return Gathered(person, Case(case), (case, person, diagnosis), TODAY).illnesses()


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Malignant neoplasm of upper-outer quadrant of right breast in female (CMS/HCC)", "breast-cancer"),
        ("Malignant neoplasm of upper lobe, right bronchus or lung", "lung-cancer"),
        ("Malignant neoplasm of head of pancreas", "pancreatic-cancer"),
        ("Malignant neoplasm of thyroid gland", "thyroid-cancer"),
        ("Malignant neoplasm of lateral wall of bladder", "bladder-cancer"),
        ("Malignant neoplasm of temporal lobe", "brain-cancer"),
        ("Malignant neoplasm of tonsil, unspecified", "head-and-neck-cancer"),
        ("Bösartige Neubildung: Oberer äußerer Quadrant der Brustdrüse", "breast-cancer"),
        ("Bösartige Neubildung: Oberlappen (-Bronchus)", "lung-cancer"),
        ("Bösartige Neubildung: Pankreaskopf", "pancreatic-cancer"),
        ("Bösartige Neubildung der Prostata", "prostate-cancer"),
        ("Bösartige Neubildung der Schilddrüse", "thyroid-cancer"),
        ("Neubildung unsicheren Verhaltens: Hypophyse", "pituitary-tumour"),
        ("Sonstige interstitielle Lungenkrankheiten mit Fibrose", "pulmonary-fibrosis"),
        ("Tumor maligno del cuadrante superior externo de la mama", "breast-cancer"),
        ("Neoplasia maligna de cuadrante superoexterno de mama derecha", "breast-cancer"),
        ("Tumor maligno de la cabeza del páncreas", "pancreatic-cancer"),
        ("Tumor maligno de la glándula tiroides", "thyroid-cancer"),
        ("Tumor maligno del encéfalo, no especificado", "brain-cancer"),
        ("Tumeur maligne de la tête du pancréas", "pancreatic-cancer"),
        ("Tumeur maligne de la prostate", "prostate-cancer"),
        ("Dravet syndrome", "epilepsy"),
        ("Multisystematrophie", "atypical-parkinsonism"),
        ("Hirschsprung's disease", "hirschsprung"),
        ("Biliary atresia", "liver-disease"),
    ],
)
def test_the_words_of_a_classification_tell_which_illness_it_is(title, wanted):
    assert wanted in illnesses(title)


@pytest.mark.parametrize(
    ("title", "wrong"),
    [
        ("Secondary malignant neoplasm of brain", "brain-cancer"),
        ("Secondary malignant neoplasm of liver and intrahepatic bile duct", "liver-cancer"),
        ("Sekundäre bösartige Neubildung der Lunge", "lung-cancer"),
        ("Tumor maligno secundario del pulmón", "lung-cancer"),
        ("Tumeur maligne secondaire du poumon", "lung-cancer"),
        ("Colon cancer with liver metastases", "liver-cancer"),
        ("Lung cancer metastatic to the brain", "brain-cancer"),
    ],
)
def test_a_spread_to_an_organ_is_no_cancer_that_began_there(title, wrong):
    found = illnesses(title)
    assert "metastasis" in found
    assert wrong not in found


def test_a_cancer_that_has_spread_is_still_the_cancer_of_its_organ():
    assert "lung-cancer" in illnesses("Metastatic lung cancer")
    assert "lung-cancer" in illnesses("Lung cancer with secondary malignant neoplasm of brain")


@pytest.mark.parametrize("title", ["Benign neoplasm of thyroid gland", "Benign neoplasm of pancreas"])
def test_a_benign_growth_is_no_cancer(title):
    assert "cancer" not in illnesses(title)


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Nonrheumatic aortic (valve) stenosis", "heart-valve-disease"),
        ("Other intervertebral disc displacement, lumbar region", "spine-disorder"),
        ("Spinal(kanal)stenose: Lumbalbereich", "spine-disorder"),
        ("Calculus of kidney", "kidney-stones"),
        ("Leiomyoma of uterus, unspecified", "fibroids"),
        ("Leiomyom des Uterus", "fibroids"),
        ("Insuficiencia de la válvula mitral", "heart-valve-disease"),
        ("Enfermedad isquémica crónica del corazón", "coronary-disease"),
        ("Zerebrales Aneurysma, nicht rupturiert", "brain-aneurysm"),
        ("Solitary pulmonary nodule", "lung-nodule"),
        ("Elevated prostate specific antigen [PSA]", "raised-psa"),
        ("IPMN", "pancreatic-cyst"),
        ("Klumpfuß", "clubfoot"),
        ("Kleinwuchs", "growth-or-puberty"),
        ("Infantile hemangioma", "vascular-birthmark"),
    ],
)
def test_other_illnesses_are_known_by_those_words_too(title, wanted):
    assert wanted in illnesses(title)
