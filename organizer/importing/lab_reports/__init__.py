"""Results out of a laboratory report's pages: proposals for the person to look at, never entries.

`reader.read_report` is given the words of each page with their places (from a text layer or from recognition) and
gives proposals, each with its row's place and either no doubt or the reasons why the person should look twice. It
knows no PDF and no picture. `lines` straightens and orders words, `columns` finds what each column holds, `rows` puts
the pieces of a line into columns, `values` and `printed_units` read pieces, `dates` finds when the sample was taken.
Names, synonyms and codes stand in resources/analytes.json, units in resources/units.json.
"""
