"""Letters of word processors give what is seen on paper, by files that python-docx and LibreOffice wrote."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from organizer.health.named_patient import patient_on
from organizer.importing.page_text.contents import contents_here
from organizer.importing.page_text.tree_words import without_what_stands_beside
from organizer.importing.page_text.word_processors import WORD

FILES = Path(__file__).parents[3] / "data" / "documents"
BY_PROGRAMS = ("by-python-docx.docx", "by-writer.docx", "by-writer.odt", "by-writer.rtf")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def lines_of(name):
    return contents_here((FILES / name).read_bytes(), name).data["text"].splitlines()


def letter(body, **parts):
    """A Word letter of one part and, by their names, further ones."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr(
            "word/document.xml", f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}</w:body></w:document>'
        )
        for name, xml in parts.items():
            made.writestr(f"word/{name}.xml", f'<w:{name} xmlns:w="{W}">{xml}</w:{name}>')
    contents = contents_here(out.getvalue(), "letter.docx")
    assert contents.media_type == WORD
    return contents.data["text"].splitlines()


def run(text, marks=""):
    return f"<w:r><w:rPr>{marks}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def paragraph(*runs):
    return f"<w:p>{''.join(runs)}</w:p>"


@pytest.mark.parametrize("name", BY_PROGRAMS)
def test_the_header_tells_whose_letter_it_is(name):
    text = "\n".join(lines_of(name))
    assert text.startswith("St Anne's Hospital\tPatient: Hannah Moore")
    assert patient_on(text).name == "Hannah Moore"
    assert text.endswith("Seite 1 / Page 1 – confidential")


@pytest.mark.parametrize("name", BY_PROGRAMS[:3])
def test_a_header_that_no_page_shows_is_left_out(name):
    assert "STALE" not in "\n".join(lines_of(name))


@pytest.mark.parametrize("name", BY_PROGRAMS)
def test_a_row_of_a_table_is_one_line(name):
    assert "Metformin\t500 mg\ttwice daily\t2019" in lines_of(name)


@pytest.mark.parametrize("name", BY_PROGRAMS)
def test_what_is_hidden_struck_out_or_written_beside_it_is_no_part_of_the_letter(name):
    text = "\n".join(lines_of(name))
    assert "HIDDENWORDS" not in text
    assert "[[struck out: aspirin 100 mg daily]]" in text
    assert "Is this really so? Check HbA1c" in text
    own = without_what_stands_beside(text)
    assert "aspirin" not in own
    assert "Is this really so" not in own


@pytest.mark.parametrize("name", BY_PROGRAMS[1:])
def test_of_tracked_changes_the_text_of_now_is_read(name):
    assert "Current dose: INSERTED 20 mg" in lines_of(name)


@pytest.mark.parametrize("name", BY_PROGRAMS[1:3])
def test_a_text_box_is_read(name):
    assert "TEXTBOX Allergy: latex" in lines_of(name)


def test_a_text_box_that_is_written_twice_for_older_programs_is_read_once():
    box = f"<w:txbxContent>{paragraph(run('Allergy: latex'))}</w:txbxContent>"
    both = f"<mc:Choice xmlns:mc='m'>{box}</mc:Choice><mc:Fallback xmlns:mc='m'>{box}</mc:Fallback>"
    assert letter(paragraph(f"<w:r><mc:AlternateContent xmlns:mc='m'>{both}</mc:AlternateContent></w:r>")) == [
        "Allergy: latex"
    ]


def test_notes_stand_below_the_text_without_the_lines_that_part_them():
    notes = f"<w:footnote w:type='separator'>{paragraph(run('---'))}</w:footnote>"
    notes += f"<w:footnote w:id='2'>{paragraph(run('Allergic to latex.'))}</w:footnote>"
    ends = f"<w:endnote w:id='2'>{paragraph(run('See the report of 2024.'))}</w:endnote>"
    body = paragraph(run("Gloves"), "<w:r><w:footnoteReference w:id='2'/></w:r>")
    assert letter(body, footnotes=notes, endnotes=ends) == ["Gloves", "Allergic to latex.", "See the report of 2024."]


def test_boxes_of_a_form_say_whether_they_are_ticked():
    field = "<w:r><w:fldChar><w:ffData><w:checkBox><w:default w:val='0'/>{}</w:checkBox></w:ffData></w:fldChar></w:r>"
    ticked, bare = field.format("<w:checked/>"), field.format("")
    sign = "<w:r><w:sym w:font='Wingdings' w:char='{}'/></w:r>"
    assert letter(
        paragraph(ticked, run("Asthma"))
        + paragraph(bare, run("Diabetes"))
        + paragraph(sign.format("F0FE"), run(" Gout"))
        + paragraph(sign.format("F0A8"), run(" Epilepsy"))
    ) == ["☒ Asthma", "☐ Diabetes", "☒ Gout", "☐ Epilepsy"]


def test_a_placeholder_that_nobody_filled_in_and_a_row_that_was_deleted_are_left_out():
    field = (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Enter the allergy')}</w:sdtContent></w:sdt>"
    )
    row = f"<w:tr><w:trPr><w:del w:id='1'/></w:trPr><w:tc>{paragraph(run('Old row'))}</w:tc></w:tr>"
    assert letter(paragraph(run("Allergies: "), field) + f"<w:tbl>{row}</w:tbl>") == ["Allergies:"]


def test_words_that_a_tab_or_a_break_parts_do_not_run_together():
    tab, line = "<w:r><w:tab/></w:r>", "<w:r><w:br/></w:r>"
    stops = "<w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr>"
    assert letter(f"<w:p>{stops}{run('Name:')}{tab}{run('Ann')}{line}{run('Born 1950')}</w:p>") == [
        "Name:\tAnn",
        "Born 1950",
    ]


def test_a_table_that_lays_out_a_page_gives_its_cells_one_below_the_other():
    column = "".join(paragraph(run(f"line {number}")) for number in range(4))
    row = f"<w:tr><w:tc>{column}</w:tc><w:tc>{paragraph(run('beside'))}</w:tc></w:tr>"
    assert letter(f"<w:tbl>{row}</w:tbl>") == ["line 0", "line 1", "line 2", "line 3", "beside"]


@pytest.mark.parametrize(("on", "is_read"), [("", False), ("<w:evenAndOddHeaders/>", True)])
def test_a_header_of_even_pages_counts_where_these_differ(on, is_read):
    out = BytesIO()
    kinds = f"xmlns:w='{W}' xmlns:r='{R}'"
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        section = "<w:sectPr><w:headerReference w:type='even' r:id='r1'/></w:sectPr>"
        made.writestr("word/document.xml", f"<w:document {kinds}><w:body>{section}</w:body></w:document>")
        made.writestr("word/header1.xml", f"<w:hdr {kinds}>{paragraph(run('Ann Lee'))}</w:hdr>")
        made.writestr("word/settings.xml", f"<w:settings {kinds}>{on}</w:settings>")
        relation = "<Relationship Id='r1' Type='header' Target='header1.xml'/>"
        made.writestr("word/_rels/document.xml.rels", f"<Relationships>{relation}</Relationships>")
    assert ("Ann Lee" in contents_here(out.getvalue(), "x.docx").data["text"]) is is_read


def open_document(body, styles=""):
    names = "xmlns:office='o' xmlns:text='t' xmlns:style='s' xmlns:dc='d'"
    text = f"<office:body><office:text>{body}</office:text></office:body>"
    return f"<office:document {names}>{styles}{text}</office:document>".encode()


def test_an_open_document_letter_in_one_file_is_read_too():
    note = "<text:note><text:note-citation>1</text:note-citation>"
    note += "<text:note-body><text:p>rash</text:p></text:note-body></text:note>"
    comment = "<office:annotation><dc:creator>Dr Grey</dc:creator><text:p>sure?</text:p></office:annotation>"
    data = open_document(f"<text:p>Penicillin{note}{comment}<text:tab/>severe</text:p>")
    assert contents_here(data, "letter.fodt").data["text"].splitlines() == [
        "Penicillin\tsevere",
        "rash",
        "[[comment by Dr Grey: sure?]]",
    ]


def test_a_deletion_that_still_stands_between_its_marks_is_left_out():
    changes = (
        "<text:tracked-changes><text:changed-region text:id='c1'><text:deletion/></text:changed-region>"
        "<text:changed-region text:id='c2'><text:insertion/></text:changed-region></text:tracked-changes>"
    )
    body = "<text:p>Dose: <text:change-start text:change-id='c1'/>10 mg<text:change-end text:change-id='c1'/>"
    body += "<text:change-start text:change-id='c2'/>20 mg<text:change-end text:change-id='c2'/></text:p>"
    assert contents_here(open_document(changes + body), "x.fodt").data["text"] == "Dose: 20 mg"


def test_boxes_notes_and_comments_of_rich_text_are_read_and_deletions_are_not():
    rich = (
        rb"{\rtf1\ansi{\header\pard Ann Lee\par}{\headerl Left page}Dose {\deleted 10}{\revised 20} mg"
        rb"{\footnote with food}{\*\atnid X}{\*\annotation why?}{\v secret}\par"
        rb"{\shp{\*\shpinst{\shptxt Allergy: latex\par}}}{\trowd a\cell b\cell\row}{\strike aspirin} end}"
    )
    lines = contents_here(rich, "x.rtf").data["text"].splitlines()
    assert lines[:4] == ["Ann Lee", "Dose 20 mg", "a\tb", "[[struck out: aspirin]] end"]
    assert lines[4:] == ["Allergy: latex", "with food", "[[comment: why?]]"]
