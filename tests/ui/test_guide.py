"""F1: the short help and the guide's page, read offline."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QLabel

from organizer.base.i18n import speaking
from ui.shell.guide import OPINION, TITLES, GuideDialog, GuideText, guide

PICTURE = QTextDocument.ResourceType.ImageResource.value


def test_help_shows_the_guides_page_below_the_short_help(ann):
    ann.desk.show_page("people")
    ann.do("page_help")
    dialog = ann.findChild(GuideDialog)
    assert dialog.isVisible()
    assert "Caring for somebody" in dialog.text.toPlainText()
    assert ann.desk.page.help in [one.text() for one in dialog.findChildren(QLabel)]


def test_links_go_from_page_to_page_and_back_and_lead_nowhere_else(ann):
    dialog = GuideDialog(ann.theme, ann, "caregivers.md")
    dialog.show()
    dialog.text.anchorClicked.emit(QUrl("backup-and-recovery.md"))
    assert dialog.text.toPlainText().startswith("Backup and recovery")
    for outside in ("https://example.org/", "file:///etc/passwd", "../__init__.py"):
        dialog.text.anchorClicked.emit(QUrl(outside))
        assert dialog.text.toPlainText().startswith("Backup and recovery")
    dialog.back_button.click()
    assert dialog.text.toPlainText().startswith("Caring for somebody")
    assert not dialog.back_button.isVisible()
    dialog.index_button.click()
    assert dialog.text.toPlainText().startswith("Guide")


def test_pictures_come_from_the_guide_only(ann, tmp_path):
    text = GuideText(ann.theme)
    picture = text.loadResource(PICTURE, QUrl("overview.png"))
    assert isinstance(picture, QImage)
    assert picture.width() == ann.theme.px(600)
    elsewhere = tmp_path / "overview.png"
    picture.save(str(elsewhere))
    outside = ("https://example.org/overview.png", "../icons/x.png", "../overview.png", "es/overview.png", "")
    for name in (QUrl.fromLocalFile(str(elsewhere)), *map(QUrl, outside)):
        assert text.loadResource(PICTURE, name).isEmpty()


def test_every_page_of_the_guide_can_be_shown(ann):
    dialog = GuideDialog(ann.theme, ann)
    for page in TITLES:
        dialog.go(page)
        assert len(dialog.text.toPlainText()) > 200


def test_the_guide_is_read_in_the_language_of_the_window(ann):
    with speaking("es"):
        dialog = GuideDialog(ann.theme, ann, "caregivers.md")
        assert dialog.windowTitle() == "Guía: cuidar a alguien"
        assert dialog.text.toPlainText().startswith("Cuidar a alguien")
        dialog.go(OPINION)
        assert dialog.text.toPlainText().startswith("Una segunda opinión")
        own = dialog.text.loadResource(PICTURE, QUrl("people.png"))
    assert own != dialog.text.loadResource(PICTURE, QUrl("people.png"))
    dialog.back()
    assert dialog.text.toPlainText().startswith("Caring for somebody")


def test_a_page_that_a_language_does_not_have_is_read_in_english(monkeypatch):
    english = guide()
    monkeypatch.setattr("ui.shell.guide.language", lambda: "tlh")
    assert guide() == english
