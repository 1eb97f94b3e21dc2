"""Text in the code pages of old programs comes out in its own letters."""

import pytest

from organizer.importing.page_text.code_pages import code_page_of
from organizer.importing.page_text.plain_words import decoded_text

WORDS = {
    "German": "Größe;Hämoglobin;Körpergewicht;µg/l;Äußerung",
    "French": "Résultat;Unité;Hémoglobine;Contrôle à jeun",
    "Polish": "Żelazo;Próba wątrobowa;Płytki krwi",
    "Czech": "Železo;Měření;Výsledek;řada",
    "Russian": "Дата;Гемоглобин;ВИЧ;не обнаружено;г/л",
    "Turkish": "Sonuç;Kan şekeri;Kolesterol düzeyi;Değer;sağlıklı",
    "Greek": "Ημερομηνία;Αιμοσφαιρίνη;Τιμή",
    "English": "“fine” – it’s 37 °C",
}


@pytest.mark.parametrize(
    ("language", "page"),
    [
        ("German", "cp1252"), ("German", "mac-roman"), ("German", "cp850"), ("French", "cp1252"),
        ("French", "mac-roman"), ("Polish", "cp1250"), ("Czech", "cp1250"), ("Russian", "cp1251"),
        ("Russian", "koi8-r"), ("Russian", "cp866"), ("Greek", "cp1253"), ("Turkish", "cp1254"), ("English", "cp1252"),
    ],
)  # fmt: skip
def test_a_text_is_read_in_the_page_in_which_it_was_written(language, page):
    assert decoded_text(WORDS[language].encode(page)) == (WORDS[language], page)


@pytest.mark.parametrize("data", [b"", b"plain words", b"\xb5g/l", b"a\0\xff\xfe\x80\x81" * 50])
def test_what_shows_no_page_is_taken_as_western_windows(data):
    assert code_page_of(data) == "cp1252"
