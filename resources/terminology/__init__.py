"""Tables of names and codes. `laboratory.csv`: one analyte a line, its printed names and its LOINC code by unit."""
