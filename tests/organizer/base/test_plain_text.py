"""What of a text file is for people: never the parcels of an e-mail, never data that was pasted in."""

import base64

import pytest

from organizer.base.plain_text import clean_name, is_mail, shown_text, without_data
from organizer.importing.page_text.contents import contents_of

PARCEL = "QUJDREVGR0hJ" * 6
MAIL = f"""From: lab@example.org
To: tom@example.org
Subject: Results
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: base64

{base64.b64encode("Dear Tom, potassium 4.1, ferritin 12 µg/L".encode()).decode()}
--b
Content-Type: application/pdf; name=result.pdf
Content-Disposition: attachment; filename=result.pdf
Content-Transfer-Encoding: base64

{chr(10).join([PARCEL] * 20)}
--b--
"""
PAGE = """From: <Saved by Blink>
Subject: Portal
MIME-Version: 1.0
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable

<html><body><p>Ferritin 12 =C2=B5g/L</p></body></html>
"""


@pytest.mark.parametrize(("text", "words"), [(MAIL, "potassium 4.1, ferritin 12 µg/L"), (PAGE, "Ferritin 12 µg/L")])
def test_an_e_mail_is_searched_as_it_reads(text, words):
    assert is_mail(text.encode())
    searched = contents_of(text.encode(), "mail.eml").data["text"]
    assert words in searched
    assert "QUJD" not in searched
    assert "boundary" not in searched
    assert searched.strip() == shown_text(text.encode()).strip()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"Scan data:image/png;base64,{PARCEL}\nend of note", "Scan […]\nend of note"),
        (f"Scan data:image/png;base64,{PARCEL}\n{PARCEL}\nQUJD\nend of note", "Scan […]\nend of note"),
        ("data:image/png;base64,QUJD", "data:image/png;base64,QUJD"),
        ("A letter of words.", "A letter of words."),
    ],
)
def test_data_that_were_pasted_in_end_where_words_begin(text, left):
    assert without_data(text).replace("[data that is no text: not printed]", "[…]") == left
    searched = contents_of(text.encode(), "note.txt").data["text"]
    assert PARCEL not in searched


@pytest.mark.parametrize(("letters", "is_whole"), [(116, True), (117, False)])
def test_a_name_has_120_letters_and_keeps_its_ending(letters, is_whole):
    name = clean_name("x" * letters + ".pdf")
    assert len(name) == 120
    assert name.endswith(".pdf")
    assert (name.count("x") == letters) is is_whole
