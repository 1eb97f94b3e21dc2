# Each of these prepares the machine by itself the first time, and costs a blink afterwards.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PY := .venv/bin/python

.PHONY: demo run test check setup lock screenshots translations package test-package fuzz-import calibrate-plan-check \
	test-durability test-planted benchmark benchmark-store benchmark-import benchmark-packet benchmark-courses benchmark-detection benchmark-lab-reports \
	benchmark-window benchmark-fidelity mutate
demo: setup
	@$(PY) main.py demo

run: setup
	@$(PY) main.py

# On as many processors as there are, up to four: more windows at once only wait for each other.
test: check
	@$(PY) -m pytest -n auto --maxprocesses 4 --dist worksteal

# Which limits does no test hold in place? Hours over all rooms; a quick look: make mutate IN=organizer/health/course N=20 SEED=7
mutate: setup
	@PYTHONPATH=. $(PY) tests/benchmarks/mutate.py $(IN) $(if $(N),-n $(N)) $(if $(SEED),--seed $(SEED))

# Each promise of SECURITY.md broken on purpose, to see that its test notices: some minutes.
test-planted: setup
	@PYTHONPATH=. $(PY) tests/benchmarks/planted.py

# 200 rounds of kill -9 and 40 power losses: some minutes.
test-durability: setup
	@PYTHONPATH=. $(PY) tests/benchmarks/durability.py

# Ratios over plain SQLite, and the goals; a quick look: make benchmark-store N=100000
benchmark-store: setup
	@PYTHONPATH=. $(PY) tests/benchmarks/bench_store.py $(N)

# 2,000 changed files of each format: a quarter of an hour.
fuzz-import: setup
	@PYTHONPATH=. $(PY) tests/benchmarks/fuzz_import.py

# Ratios over the least that any reader must do; a quick look: make benchmark-import N=20
benchmark-import: setup
	@PYTHONPATH=. $(PY) tests/benchmarks/bench_import.py $(N)

# The packet over qpdf, which only joins pages.
benchmark-packet: setup
	@PYTHONPATH=. $(PY) tests/benchmarks/packet.py $(N)

# The plan check against people whose truth is known, and against plain methods: under ten minutes.
benchmark-detection: setup
	@PYTHONPATH=. $(PY) tests/benchmarks/detection.py

# The plan check on courses as trials recorded them and on visits as practised, beside plain rules: two minutes.
benchmark-courses: setup
	@PYTHONPATH=. $(PY) tests/benchmarks/bench_courses.py

# Derives resources/plan_check.json anew after a change of resources/measures.json or of the simulator.
calibrate-plan-check: setup
	@PYTHONPATH=. $(PY) tests/benchmarks/calibrate_plan_check.py

# Renews resources/translations after a visible string was added or changed, and lists what is left to translate.
translations: setup
	@$(PY) packaging/translations.py

# The program as one folder and, on Debian, as a package; then the package in a bare Debian root (needs root), and
# pip's way in a venv of its own.
package: setup
	@$(PYTHON) packaging/build_app.py

test-package: package
	@$(PYTHON) packaging/test_package.py
	@$(PYTHON) packaging/test_pip.py

check: setup
	@$(PY) packaging/check.py

setup:
	@$(PYTHON) packaging/setup_machine.py

# Resolves for every platform and every Python that pyproject.toml allows; UPGRADE=1 takes newer releases.
lock: setup
	@$(PY) packaging/write_lock.py $(if $(UPGRADE),--upgrade)

# 68 layouts drawn from made-up data, read from text layers and from bad scans: about ten minutes.
benchmark-lab-reports: setup
	@PYTHONPATH=. $(PY) tests/benchmarks/lab_reports/bench_lab_reports.py

# First paint over a bare window, turning pages, scrolling, gaps in the event loop: some minutes.
benchmark-window: setup
	@PYTHONPATH=. $(PY) tests/benchmarks/bench_window.py

# What sources tell beside what the record holds, field by field, by readers that share no code with ours: some seconds.
# All differences: make benchmark-fidelity V=1; another folder: MORE=folder.
benchmark-fidelity: setup
	@PYTHONPATH=. $(PY) tests/fidelity/benchmark.py $(if $(V),V=$(V)) $(if $(MORE),MORE=$(MORE))

# All of the above, one after the other: about an hour. Ratios and goals; RESULTS.md keeps the last ones.
benchmark: benchmark-store benchmark-import benchmark-packet benchmark-courses benchmark-detection benchmark-lab-reports benchmark-window benchmark-fidelity

# Every page in light, dark, large and each language, into build/screenshots; GUIDE=1 renews the guide's pictures.
screenshots: setup
	@$(PY) packaging/screenshots.py $(if $(GUIDE),--guide)
