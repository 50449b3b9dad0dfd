"""The mix of a track's seats as bars: those accepted, and those chosen now beside them."""

from collections.abc import Sequence

from roundtable.domain.model import Record
from roundtable.usecases.staff.portfolio import Mix, Share
from roundtable.web.pages.staff.charts import Bar
from roundtable.web.pages.texts import gettext as _

_WHOLE = 100


class MixRow(Record):
    """One kind with its two bars, one after the other."""

    label: str
    accepted: int
    chosen: int
    bars: tuple[Bar, Bar]


class MixChart(Record):
    """The mix along one line."""

    title: str
    rows: tuple[MixRow, ...]


class MixBars(Record):
    """The mix along every line that the program asks about."""

    accepted: int
    chosen: int
    charts: tuple[MixChart, ...]


def mix_bars(mix: Mix) -> MixBars:
    """Return the mix as bars; all of one chart have the same scale."""
    charts = (
        _chart(_("Region"), mix.regions),
        _chart(_("Type of organization"), mix.types),
        _chart(_("Size"), mix.sizes),
        _chart(_("Populations served"), mix.populations),
    )
    told = tuple(chart for chart in charts if any(row.label for row in chart.rows))
    return MixBars(
        accepted=mix.accepted,
        chosen=mix.chosen,
        charts=tuple(chart.with_(rows=tuple(map(_named, chart.rows))) for chart in told),
    )


def _named(row: MixRow) -> MixRow:
    return row if row.label else row.with_(label=_("Not said"))


def _chart(title: str, shares: Sequence[Share]) -> MixChart:
    most = max((share.accepted + share.chosen for share in shares), default=0) or 1
    return MixChart(title=title, rows=tuple(_row(share, most) for share in shares))


def _row(share: Share, most: int) -> MixRow:
    accepted, chosen = share.accepted / most * _WHOLE, share.chosen / most * _WHOLE
    return MixRow(
        label=share.label,
        accepted=share.accepted,
        chosen=share.chosen,
        bars=(
            Bar(width=f"{accepted:.2f}%"),
            Bar(x=f"{accepted:.2f}%", width=f"{chosen:.2f}%"),
        ),
    )
