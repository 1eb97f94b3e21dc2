"""A chart that can be saved as a picture, asked for from its own menu."""

from PySide6.QtCore import QBuffer, QIODevice

from organizer.base.i18n import _
from organizer.base.paths import harmless_name
from ui.look.widgets.chart import Chart
from ui.look.widgets.series_chart import Course
from ui.shell.context import Context


def keepable(context: Context, course: Course) -> Course:
    """The same course, whose chart asks for a place and saves its picture there."""
    chart = course.chart
    chart.keep_asked.connect(lambda: keep_picture(context, chart))
    return course


def keep_picture(context: Context, chart: Chart) -> None:
    """Ask for a place, write the picture there as PNG, say so."""
    from organizer.services.opinion import letters  # rarely wanted, never in the first picture

    title = _("Save as a picture")
    name = harmless_name(f"{chart.view.data.title}.png".replace("/", "–"), "Chart.png")
    out = context.ask_where(chart, title, name, _("Picture (*.png)"))
    if out is None:
        return
    out = out if out.suffix else out.with_suffix(".png")
    data = png_of(chart)
    context.read(
        title,
        lambda _record, _progress: letters.save_bytes(data, out),
        lambda _none: context.show_saved(
            _("Saved: {name}. Anyone who gets it can read it.").format(name=out.name), out
        ),
    )


def png_of(chart: Chart) -> bytes:
    """The chart's picture as a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    chart.picture().save(buffer, "PNG")
    return bytes(buffer.data().data())
