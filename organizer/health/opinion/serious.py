"""Which diagnoses are serious or life-changing: as the person says, else by code or title. A group, not a judgement."""

import re

from organizer.model.entry import Entry

_CODES = re.compile(
    r"C\d\d|D0\d|D3[789]|D4\d"  # growths
    r"|I0[5-9]|I1[13]|I2\d|I3\d|I4\d|I5\d|I6\d|I7[01]"  # heart, vessels; not high blood pressure alone (I10)
    r"|G[0-3]\d|G40|G41|G7[0-3]|F0[0-3]"  # brain, nerves and muscles
    r"|M0[5-8]|M3[0-6]|M45|K50|K51|K754|D86|N0[0-8]"  # the body's own defences
)
_WORDS = re.compile(
    r"\b(cancer|carcinoma|malignan\w*|neoplasm|lymphoma|leuk(a)?emia|melanoma|sarcoma|myeloma|glioma|tumou?rs?|metasta\w*"
    r"|heart (failure|disease|attack)|myocardial|coronary|cardiomyopathy|atrial fibrillation|aneurysm|valve stenosis"
    r"|aortic stenosis|cardiac arrest|stroke|cerebrovascular|multiple sclerosis|parkinson\w*|dementia|alzheimer\w*"
    r"|motor neuron\w*|amyotrophic|huntington\w*|myasthenia|epilepsy"
    r"|autoimmune|lupus|vasculitis|scleroderma|systemic sclerosis|sj(ö|o)gren\w*|rheumatoid|spondylitis|crohn\w*"
    r"|ulcerative colitis|nephropathy|glomerulonephritis|nephritis|sarcoidosis)\b",
    re.IGNORECASE,
)
_NOT_NOW = re.compile(r"\b(history of|family history|at risk|risk of|screening|suspected|benign)\b", re.IGNORECASE)
_OVER = ("resolved", "inactive", "remission")


def is_serious(condition: Entry) -> bool:
    """As the person marked it; else by ICD-10 group (growths, heart, brain and nerves, autoimmune) or by the words
    of the title, since many sources carry SNOMED codes alone. Plain high blood pressure is not among them.
    """
    marked = condition.data.get("serious")
    return bool(marked) if marked is not None else suggested(condition)


def suggested(condition: Entry) -> bool:
    """True where nobody marked it yet and a code or the title belongs to a serious group: worth asking once."""
    if condition.data.get("serious") is not None or condition.status in _OVER or _NOT_NOW.search(condition.title):
        return False
    coded = any(_CODES.match(coding.identity.icd10) for coding in condition.codes)
    return coded or bool(_WORDS.search(condition.title))
