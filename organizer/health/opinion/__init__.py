"""The way to a second opinion: what speaks for one, with its evidence. Services and packet ask it.

A new reason is one function in `reasons.py` and its line in REASONS; what an illness asks for is a line in
`resources/intake.json`, its rows stand in `rows_of_tests.py` and `rows_of_papers.py`.
"""
