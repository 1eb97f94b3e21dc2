"""SMART Health Cards: a file, the text of its QR code, or the bare signed word; read offline.

Framework: spec.smarthealth.cards. `codes` turns QR codes into signed words, `signatures` checks them against a key set
that the person gives (the issuer's own would be on the internet), `reader` reads what a card holds.
"""

from organizer.importing.formats.health_cards.reader import HEALTH_CARDS, KEY_SETS

__all__ = ["HEALTH_CARDS", "KEY_SETS"]
