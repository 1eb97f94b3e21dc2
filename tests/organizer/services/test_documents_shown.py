"""What the viewer draws of documents: a form with what was filled in."""

from pathlib import Path

import pytest
from PIL import Image

from organizer.services.entries import documents

DOCUMENTS = Path(__file__).parents[2] / "data" / "documents"


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("form-acroform-filled.pdf", (130, 60, 280, 180)),
        ("form-needappearances-no-ap.pdf", (130, 60, 280, 180)),
        ("form-kinds-needappearances.pdf", (72, 350, 372, 372)),
    ],
)
def test_answers_are_drawn(name, answer):
    drawn = documents.render_pdf((DOCUMENTS / name).read_bytes(), 0, 1.0)
    picture = Image.frombuffer("RGB", (drawn.width, drawn.height), drawn.data, "raw", "BGRX", drawn.stride, 1)
    documents.forget()
    area = picture.convert("L").crop(answer)
    darkest, lightest = area.getextrema()
    assert darkest < 100
    assert lightest > 180
