"""The words of Outlook's own messages, as they are searched and cited; other mails' are read by `base.plain_text`."""

from organizer.base.i18n import _
from organizer.base.plain_text import clean_name
from organizer.importing.mails.outlook import Message, read_message
from organizer.importing.page_text.plain_words import words_of_page
from organizer.importing.page_text.rich_text import words_of_rtf


def words_of_outlook(data: bytes) -> tuple[str, str]:
    """Subject and words of a message, those of the messages within it below."""
    message = read_message(data)
    return message.subject, _shown(message)


def _shown(message: Message) -> str:
    head = (
        ("From", message.sender),
        ("To", message.to),
        ("Cc", message.copy),
        ("Date", message.sent),
        ("Subject", message.subject),
    )
    lines = [f"{name}: {text}" for name, text in head if text]
    body = _body(message)
    if body:
        lines += ["", body]
    names = [clean_name(attachment.name) for attachment in message.attachments if not attachment.is_inline]
    if any(names):
        lines += ["", _("[Attached, not printed here: {names}]").format(names=", ".join(filter(None, names)))]
    for within in message.within:
        lines += ["", _shown(within)]
    return "\n".join(lines)


def _body(message: Message) -> str:
    if message.words.strip():
        return message.words.replace("\r\n", "\n").strip()
    if message.html:
        return words_of_page(message.html)[1]
    return words_of_rtf(message.rtf)[1] if message.rtf else ""
