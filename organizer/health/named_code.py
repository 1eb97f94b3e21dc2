"""What a result without a code measures, by its name, its specimen and its units: people's own tables have none."""

from collections.abc import Iterable

from organizer.base.analyte_names import analytes_named, loinc_of, specimen_in
from organizer.base.analytes import LOINC, analyte_of
from organizer.model.codes import TITLE, Code, MeasureKey


def code_by_name(key: MeasureKey, units: Iterable[str]) -> MeasureKey:
    """The LOINC code that a measure's name means in these units; the key itself where it has a code, or may mean
    several things.

    By it 380 µmol/L of “Ácido úrico” can be told in mg/dL. The measure itself stays what its sources call it.
    """
    if not key.startswith(TITLE):
        return key
    title = key.removeprefix(TITLE)
    named = analytes_named(title)
    codes = [loinc_of(named, specimen_in(title), unit) for unit in dict.fromkeys(units)]
    by_analyte = {analyte.name: code for code in codes if (analyte := analyte_of(code)) is not None}
    if len(by_analyte) != 1:
        return key
    return MeasureKey(Code(LOINC, next(iter(by_analyte.values()))).key)
