from roundtable.usecases.staff.portfolio import Mix, Share
from roundtable.web.pages.staff.charts import Bar
from roundtable.web.pages.staff.mix_bars import mix_bars


def share(label: str, accepted: int, chosen: int = 0) -> Share:
    return Share(label=label, accepted=accepted, chosen=chosen)


def test_bars_stand_one_after_the_other_on_one_scale() -> None:
    mix = Mix(
        accepted=4,
        chosen=1,
        regions=(share("West", 3, 1), share("East", 1), share("", 0)),
        types=(),
        sizes=(share("", 4, 1),),
        populations=(),
    )
    (chart,) = mix_bars(mix).charts
    assert chart.title == "Region"
    assert [row.label for row in chart.rows] == ["West", "East", "Not said"]
    assert [row.bars for row in chart.rows] == [
        (Bar(width="75.00%"), Bar(x="75.00%", width="25.00%")),
        (Bar(width="25.00%"), Bar(x="25.00%", width="0.00%")),
        (Bar(width="0.00%"), Bar(x="0.00%", width="0.00%")),
    ]


def test_nobody_has_no_chart() -> None:
    nobody = Mix(accepted=0, chosen=0, regions=(), types=(), sizes=(), populations=())
    assert mix_bars(nobody).charts == ()
