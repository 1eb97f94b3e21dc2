"""The language of the window: the program's words, and those of Qt's own buttons and dates."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from organizer.base import settings as stored_settings
from organizer.base.i18n import language, speak
from organizer.base.writing import write


def speak_chosen(settings: stored_settings.Settings) -> None:
    """Speak the language of the settings, else the system's, and write as they say, from now on; what is drawn already
    stays as it is."""
    write(settings.writing)
    speak(settings.language or QLocale.system().name().partition("_")[0])
    application = QApplication.instance()
    if isinstance(application, QApplication):
        speak_qt(application)


def speak_qt(application: QApplication) -> None:
    """Let Qt's own buttons and menus speak the chosen language; dates and numbers of its widgets follow."""
    if QLocale().name().partition("_")[0] != language():
        QLocale.setDefault(QLocale(language()))
    for earlier in application.findChildren(QTranslator):
        application.removeTranslator(earlier)
        earlier.deleteLater()
    words = QTranslator(application)
    if words.load(f"qtbase_{language()}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(words)
