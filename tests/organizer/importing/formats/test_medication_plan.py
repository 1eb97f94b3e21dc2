import io

import pytest

from organizer.base.progress import NoProgress
from organizer.importing.core.format import SourceFile
from organizer.importing.formats._medication_plan import read_plans
from organizer.importing.formats.documents import DOCUMENTS

zxingcpp = pytest.importorskip("zxingcpp")
image = pytest.importorskip("PIL.Image")
numpy = pytest.importorskip("numpy")
PLAN = (
    '<MP v="026" U="02BD2867FB024401A590D59D94E1FFAE" l="de-DE"><P g="Jürgen" f="Wernersen" b="19400324"/>'
    '<A n="Praxis Dr. Müller" t="2018-07-01T12:00:00"/><O ai="Laktose; Penicillin"/><S>'
    '<M p="230272" m="1" du="1" r="Herz/Blutdruck"/>'
    '<M p="2223945" m="20" v="10" du="p" i="vor dem Essen" r="Diabetes"/>'
    '<M a="Simva" v="0,5" du="1"><W w="Simvastatin" s="40 mg"/></M></S>'
    '<S t="Selbst"><M a="Ibu" t="bei Bedarf"/><X t="Wasser trinken"/></S></MP>'
)
PRINTED = """Medikationsplan für: Jürgen Wernersen geb. am: 24.03.1940
Wirkstoff Handelsname Stärke Form Mo Mi Ab zN Einheit
Metoprololsuccinat METOPROLOLSUCC 1A 95 mg RetTab 1 0 0 0 Stück Herz/Blutdruck
Insulin aspart NOVORAPID 100 E/ml InjLsg 20 0 10 0 IE vor dem Essen Diabetes
Simvastatin Simva 40 mg Tabl 0 0 0,5 0 Stück
Ibuprofen Ibu 400 mg Tabl 0 0 0 0 bei Bedarf"""


def medicines(reading):
    return [one.entry for one in reading.drafts if one.entry.kind == "MedicationStatement"]


def test_doses_reasons_and_allergies_come_from_the_code_and_names_from_the_same_rows() -> None:
    reading = read_plans([PLAN], PRINTED)
    first, second, third, fourth = medicines(reading)
    assert first.title == "Metoprololsuccinat METOPROLOLSUCC 1A 95 mg RetTab"
    assert (first.text("dose"), first.text("frequency")) == ("1 Stück", "1-0-0-0")
    assert first.text("reason") == "Herz/Blutdruck"
    assert [code.code for code in first.codes] == ["00230272"]
    assert (second.text("dose"), second.text("frequency")) == ("", "20-0-10-0 IE")
    assert second.text("note").splitlines()[0] == "vor dem Essen"
    assert (third.title, third.text("ingredient"), third.text("dose")) == ("Simva", "Simvastatin 40 mg", "0,5 Stück")
    assert (fourth.title, fourth.text("frequency")) == ("Ibu", "bei Bedarf")
    allergies = [one.entry.title for one in reading.drafts if one.entry.kind == "AllergyIntolerance"]
    assert allergies == ["Laktose", "Penicillin"]
    assert {(one.patient_name, one.patient_born) for one in reading.drafts} == {("Jürgen Wernersen", ("1940-03-24",))}
    assert [one.reason for one in reading.skipped] == ["Wasser trinken"]


@pytest.mark.parametrize("printed", ["", PRINTED.replace("20 0 10 0", "10 0 20 0"), PRINTED + "\nX Y 1 0 0 0 Stück"])
def test_a_name_is_never_taken_from_a_table_with_other_rows(printed: str) -> None:
    titles = [one.title for one in medicines(read_plans([PLAN], printed))]
    assert titles == [
        "Medicine with the German number (PZN) 230272", "Medicine with the German number (PZN) 2223945", "Simva", "Ibu",
    ]  # fmt: skip


def test_no_known_allergies_are_no_allergy_and_a_damaged_code_is_said() -> None:
    reading = read_plans([PLAN.replace("Laktose; Penicillin", "keine bekannt"), "<MP v="], "")
    assert not [one for one in reading.drafts if one.entry.kind == "AllergyIntolerance"]
    assert len(reading.warnings) == 1


def code_of(text: str, scale: int):
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.DataMatrix)
    return image.fromarray(numpy.asarray(zxingcpp.write_barcode_to_image(made, scale=scale, add_quiet_zones=True)))


def test_the_code_on_a_photographed_plan_is_read() -> None:
    page = image.new("L", (1000, 1000), 255)
    page.paste(code_of(PLAN, 4), (60, 60))
    kept = io.BytesIO()
    page.rotate(3, fillcolor=255).save(kept, "PNG")
    reading = DOCUMENTS.read(SourceFile("plan.png", data=kept.getvalue()), NoProgress())
    assert [one.entry.kind for one in reading.drafts].count("MedicationStatement") == 4
    assert reading.drafts[0].patient_name == "Jürgen Wernersen"


def test_a_full_code_of_four_centimetres_is_read_from_a_pdf() -> None:
    rows = "".join(f'<M p="{2223945 + place}" m="1" v="1" du="1" r="Blutdruck und Herz"/>' for place in range(13))
    utils, canvas = pytest.importorskip("reportlab.lib.utils"), pytest.importorskip("reportlab.pdfgen.canvas")
    kept = io.BytesIO()
    drawn = canvas.Canvas(kept, pagesize=(842, 595))
    full = f'<MP v="026" U="02BD" l="de-DE"><P g="Ute" f="Brandt" b="19580214"/><S>{rows}</S></MP>'
    drawn.drawImage(utils.ImageReader(code_of(full, 4)), 700, 450, 113, 113)
    drawn.save()
    reading = DOCUMENTS.read(SourceFile("plan.pdf", data=kept.getvalue()), NoProgress())
    assert len(medicines(reading)) == 13
    assert reading.drafts[0].patient_born == ("1958-02-14",)
