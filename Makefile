# Each of these prepares the machine by itself the first time, and costs a blink afterwards. What each does stands in
# packaging/run.py, which Windows calls without make.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
RUN := @$(PYTHON) packaging/run.py

TASKS := setup demo run check test package test-package fuzz-import test-planted test-durability \
	benchmark-courses benchmark-journeys benchmark-lab-reports benchmark-letters translations
.PHONY: $(TASKS) screenshots lock mutate calibrate-plan-check benchmark benchmark-growth benchmark-soak benchmark-detection benchmark-store benchmark-import benchmark-packet benchmark-fidelity benchmark-paper benchmark-unseen benchmark-window

$(TASKS):
	$(RUN) $@

# Every page in light, dark, large and each language, into build/screenshots; GUIDE=1 renews the guide's pictures.
screenshots:
	$(RUN) $@ $(if $(GUIDE),--guide)

# Resolves for every platform and every Python that pyproject.toml allows; UPGRADE=1 takes newer releases.
lock:
	$(RUN) $@ $(if $(UPGRADE),--upgrade)

# Which limits does no test hold in place? Hours over all packages; a quick look: make mutate IN=organizer/health/course N=20 SEED=7
mutate:
	$(RUN) $@ $(IN) $(if $(N),-n $(N)) $(if $(SEED),--seed $(SEED))

# Derives resources/plan_check.json anew; only for some measures: make calibrate-plan-check ONLY="72514-3 33452-4"
calibrate-plan-check:
	$(RUN) $@ $(ONLY)

# A quick look: make benchmark-store N=100000, make benchmark-import N=20, make benchmark-soak N=60m (an hour), make benchmark-window N=1000000 (a large record), make benchmark-detection N=60 (visits as practised)
benchmark-growth benchmark-soak benchmark-store benchmark-import benchmark-packet benchmark-detection benchmark-unseen benchmark-window:
	$(RUN) $@ $(N)

# Reports as phones photograph them, of six kinds. A quick look: make benchmark-paper N=20; tesseract alone: READER=tesseract.
benchmark-paper:
	@READER=$(READER) $(PYTHON) packaging/run.py $@ $(if $(N),--every $(N))

# What sources tell beside what the record holds, field by field, by readers that share no code with ours: some seconds.
# All differences: make benchmark-fidelity V=1; another folder: MORE=folder.
benchmark-fidelity:
	$(RUN) $@ $(if $(V),V=$(V)) $(if $(MORE),MORE=$(MORE))

# All of the above, one after the other: about an hour. Ratios and goals; RESULTS.md keeps the last ones.
benchmark: benchmark-growth benchmark-soak benchmark-store benchmark-import benchmark-packet benchmark-courses benchmark-detection benchmark-unseen benchmark-lab-reports benchmark-paper benchmark-letters benchmark-window benchmark-journeys benchmark-fidelity
