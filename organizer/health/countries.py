"""The country of a postal address, where the address says it: by its last lines, or by a form of postcode that only one
country has. Anything else is not known."""

import re
import unicodedata

_NAMES = {
    "us": "usa u.s.a. us united states united states of america estados unidos vereinigte staaten états-unis",
    "ca": "canada canadá kanada",
    "uk": "uk u.k. united kingdom england scotland wales northern ireland great britain reino unido royaume-uni",
    "mx": "mexico méxico mexiko mexique",
    "es": "spain españa spanien espagne",
    "fr": "france francia frankreich",
    "de": "germany deutschland alemania allemagne",
    "at": "austria österreich autriche",
    "ch": "switzerland schweiz suiza suisse",
    "it": "italy italia italien italie",
    "pt": "portugal",
    "ie": "ireland irlanda irland irlande",
    "nl": "netherlands the netherlands nederland países bajos niederlande pays-bas",
    "be": "belgium bélgica belgien belgique belgië",
    "lu": "luxembourg luxemburgo luxemburg",
    "dk": "denmark danmark dinamarca dänemark danemark",
    "se": "sweden sverige suecia schweden suède",
    "no": "norway norge noruega norwegen norvège",
    "fi": "finland suomi finlandia finnland finlande",
    "pl": "poland polska polonia polen pologne",
    "cz": "czechia czech republic česko chequia tschechien",
    "sk": "slovakia slovensko eslovaquia slowakei",
    "hu": "hungary magyarország hungría ungarn",
    "ro": "romania românia rumanía rumänien",
    "bg": "bulgaria bulgarien",
    "gr": "greece grecia griechenland grèce",
    "hr": "croatia hrvatska croacia kroatien",
    "si": "slovenia slovenija eslovenia slowenien",
    "ee": "estonia eesti estland",
    "lv": "latvia latvija lettland",
    "lt": "lithuania lietuva litauen",
    "cy": "cyprus chipre zypern",
    "mt": "malta",
    "br": "brazil brasil brasilien",
    "ar": "argentina argentinien",
    "cl": "chile",
    "co": "colombia kolumbien",
    "pe": "peru perú",
    "in": "india indien inde",
    "cn": "china",
    "jp": "japan japón",
    "kr": "south korea corea del sur",
    "au": "australia australien",
    "nz": "new zealand nueva zelanda neuseeland",
    "tr": "turkey türkiye turquía türkei",
    "il": "israel",
    "ua": "ukraine ucrania",
    "ma": "morocco marruecos marokko maroc",
    "za": "south africa sudáfrica südafrika",
}
_SEVERAL_WORDS = (
    "united states of america", "united states", "estados unidos", "vereinigte staaten", "united kingdom",
    "northern ireland", "great britain", "reino unido", "the netherlands", "países bajos", "czech republic",
    "south korea", "corea del sur", "new zealand", "nueva zelanda", "south africa",
)  # fmt: skip
_UNION = frozenset({
    "at", "be", "bg", "cy", "cz", "de", "dk", "ee", "es", "fi", "fr", "gr", "hr", "hu", "ie", "it", "lt", "lu", "lv",
    "mt", "nl", "pl", "pt", "ro", "se", "si", "sk",
})  # fmt: skip
"""The members of the European Union in 2026; Norway, Iceland and Liechtenstein hold to the Regulation by the EEA."""
_OF_THE_AREA = _UNION | {"no"}

_STATES = (
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA "
    "RI SC SD TN TX UT VT VA WA WV WI WY DC PR"
).replace(" ", "|")
_POSTCODES = (
    ("us", re.compile(rf"\b(?:{_STATES}),? \d{{5}}(?:-\d{{4}})?\b")),
    ("ca", re.compile(r"\b[ABCEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d\b")),
    ("uk", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2}\b")),
)
"""A state's letters before five digits; Canada Post's and Royal Mail's forms."""


def country_of(address: str) -> str:
    """The country as `us`, `de`, `uk`; "" where the address doesn't say it."""
    lines = [line.strip(" .,") for line in re.split(r"[\n,;]", address) if line.strip(" .,")]
    for line in reversed(lines[-2:]):
        known = _by_name().get(_folded(line))
        if known:
            return known
    return next((country for country, form in _POSTCODES if form.search(address)), "")


def law_of(address: str) -> str:
    """Whose law on records holds there, as letters name it: `us`, `eu`, `uk`, `ca`; "" for another or none known."""
    country = country_of(address)
    if country in _OF_THE_AREA:
        return "eu"
    return country if country in ("us", "uk", "ca") else ""


def _by_name() -> dict[str, str]:
    names: dict[str, str] = {}
    for country, text in _NAMES.items():
        rest = text
        for phrase in _SEVERAL_WORDS:
            if phrase in rest:
                names[_folded(phrase)] = country
                rest = rest.replace(phrase, " ")
        names |= {_folded(word): country for word in rest.split()}
    return names


def _folded(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if letter.isalpha() or letter in " -")
