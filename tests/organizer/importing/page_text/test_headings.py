from io import BytesIO

import pytest

from organizer.importing.page_text.headings import day_of_picture, day_on, heading_on, title_of


@pytest.mark.parametrize(
    ("page", "printed", "file_name", "title"),
    [
        ("City Hospital\nDischarge Summary\nPatient: A B", "untitled", "scan0001.pdf", "Discharge Summary"),
        ("MVZ Labor GmbH\nKUMULATIVBEFUND", "(anonymous)", "x.pdf", "Kumulativbefund"),
        ("Test Result Unit Reference range\nSodium 140", "untitled", "Labs May.pdf", "Labs May"),
        ("", "Microsoft Word - Document1", "Letter of Dr Weiss.pdf", "Letter of Dr Weiss"),
        ("", "Untitled spreadsheet", "IMG_0001.pdf", "IMG_0001"),
        (
            "Riverside Institute\nAssessment\nPlan\nSummary\nMRI in May",
            "",
            "Dr Lindgren letter.pdf",
            "Dr Lindgren letter",
        ),
        ("RIVERSIDE PATHOLOGY CONSULTANTS\nSURGICAL PATHOLOGY REPORT", "", "a.pdf", "Surgical Pathology Report"),
        ("Riverside Hospital\nClinic Letter", "", "a.pdf", "Clinic Letter"),
        ("", "Echocardiogram of May", "IMG_0001.pdf", "Echocardiogram of May"),
        ("The results of the scan are in the report below.", "", "note.txt", "note"),
    ],
)
def test_a_title_comes_from_the_page_or_the_file_never_from_what_a_program_wrote(page, printed, file_name, title):
    assert title_of(page, printed, file_name) == title


@pytest.mark.parametrize(
    ("page", "heading"),
    [
        ("Klinikum Musterstadt\nEntlassungsbrief vom 20.10.2026", "Entlassungsbrief"),
        ("Clínica Sur\nInforme de alta del 20/11/2026", "Informe de alta"),
        ("CHU Lyon\nCompte-rendu du 20 octobre 2026", "Compte-rendu"),
    ],
)
def test_a_heading_ends_before_its_day_and_the_word_that_leads_to_it(page: str, heading: str) -> None:
    assert heading_on(page) == heading


@pytest.mark.parametrize(
    ("page", "day"),
    [
        ("Cardiology Associates\n14 November 2026\nRe: Miguel Delgado, born 2 April 1951", "2026-11-14"),
        ("Befunddatum: 18.06.2025\ngeb. 14.02.1958", "2025-06-18"),
        ("Hamburg, den 12.03.2025\nSehr geehrte", "2025-03-12"),
        ("Fecha informe: 13/04/2025", "2025-04-13"),
        ("Date: 03/04/2025", "None"),
        ("Fait le 13/04/2025\nMme Marie DUPONT née le 14/04/1960", "2025-04-13"),
        ("Mme Marie DUPONT\nnée le 14/04/1960", "None"),
        ("Rendez-vous le 14/05/2026", "None"),
        ("DOB: 13/04/1951\nNext visit 14/05/2026", "None"),
        ("Date: 13/04/2025\nDate: 14/04/2025", "None"),
        ("Klinikum Musterstadt\nEntlassungsbrief vom 20.10.2026\nPatientin: Erika Vogel", "2026-10-20"),
        ("General Hospital\nDischarge summary of 20 October 2026\nDear colleague", "2026-10-20"),
        ("Clínica Sur\nInforme de alta del 20/11/2026", "2026-11-20"),
        ("Bericht vom 12.10.2026 bis 20.10.2026", "None"),
        ("Arztbrief\nBefund vom 12.03.2025 liegt vor", "None"),
        ("Arztbrief\nVorbefund vom 12.03.2025", "None"),
    ],
)
def test_a_page_dates_itself_only_where_it_says_so_plainly(page: str, day: str) -> None:
    assert str(day_on(page)) == day


def test_a_photograph_is_dated_by_its_camera() -> None:
    image = pytest.importorskip("PIL.Image")
    exif = image.Exif()
    exif.get_ifd(0x8769)[0x9003] = "2025:03:05 10:15:00"
    kept = BytesIO()
    image.new("L", (4, 4)).save(kept, "JPEG", exif=exif)
    assert str(day_of_picture(kept.getvalue(), "image/jpeg")) == "2025-03-05"
    assert day_of_picture(b"\xff\xd8\xff broken", "image/jpeg") is None
    assert day_of_picture(kept.getvalue(), "application/pdf") is None


def test_a_day_behind_the_name_of_a_paper_is_no_part_of_it():
    assert heading_on("Dr. Lena Vogt\nRezept   Datum: 05.03.2026\nRp.\n") == "Rezept"


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (
            "Harbor Cardiology Associates\n1200 Harbor Blvd\nDear Dr. Fields,\n",
            "Letter from Harbor Cardiology Associates",
        ),
        ("Klinikum Musterstadt, Chirurgie\nSehr geehrte Frau Sommer,\n", "Letter from Klinikum Musterstadt, Chirurgie"),
        ("Harbor Cardiology Associates\nWe are closed in May\n", ""),
        ("Ann Lee\nDear Tom,\n", ""),
    ],
)
def test_a_letter_is_called_by_the_house_that_it_comes_from(page, title):
    assert heading_on(page) == title
