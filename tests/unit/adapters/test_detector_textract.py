"""What Textract's blocks become: rows of text, columns, gaps and signatures."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from hypothesis import given
from hypothesis import strategies as st

from roundtable.adapters.detector_textract import CONFIDENT, MOST_PAGES, TextractDetector
from roundtable.domain.evidence import Box
from roundtable.domain.reading import DetectedPage
from roundtable.ports import Unavailable
from tests.contract.textract import answer
from tests.factories import APPLICATION, LETTER, make_document


class Answers:
    """A client that answers each call alike, or raises, and notes the images it was shown."""

    def __init__(self, given: Mapping[str, Any] | Exception) -> None:
        self.given = given
        self.images: list[str] = []

    def analyze_document(
        self,
        *,
        Document: Mapping[str, Any],  # noqa: N803 (named by AWS)
        FeatureTypes: Sequence[str],  # noqa: N803 (named by AWS)
    ) -> Mapping[str, Any]:
        assert FeatureTypes == ["SIGNATURES"]
        self.images.append(Document["S3Object"]["Name"])
        if isinstance(self.given, Exception):
            raise self.given
        return self.given


def detected(given: Mapping[str, Any]) -> DetectedPage:
    found = TextractDetector(Answers(given), "bucket").detect(make_document(), [1])
    assert found is not None
    (page,) = found.pages
    return page


def block(
    text: str, top: float, *, left: float = 0.1, kind: str = "LINE", **more: Any
) -> dict[str, Any]:
    place = {"Left": left, "Top": top, "Width": 0.2, "Height": 0.01}
    return {"BlockType": kind, "Text": text, "Geometry": {"BoundingBox": place}, **more}


def texts(page: DetectedPage) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in page.rows]


def error(code: str, status: int = 400) -> ClientError:
    metadata: Any = {"HTTPStatusCode": status}
    return ClientError(
        {"Error": {"Code": code, "Message": "for a test"}, "ResponseMetadata": metadata},
        "AnalyzeDocument",
    )


def test_page_becomes_rows_with_columns_and_gaps() -> None:
    assert texts(detected(answer("signed_page"))) == [
        ["Lakeside Community Health"],
        [],
        ["September 28, 2022"],
        [],
        ["We commit to the Fellowship and to the time"],
        ["that our team needs for it."],
        [],
        ["fane Okaf"],
        [],
        ["Jane Okafor", "Luis Castillo"],
        ["Chief Executive Officer", "Chair of the Board"],
    ]


def test_cells_know_where_they_stand() -> None:
    row = detected(answer("signed_page")).rows[9]
    left, right = row.cells

    assert left.x == pytest.approx(0.171)
    assert right.x == pytest.approx(0.609)
    assert right.box is not None
    assert right.box.left == pytest.approx(0.552)
    assert right.box.top == pytest.approx(0.745)
    assert right.box.right == pytest.approx(0.666)
    assert right.box.bottom == pytest.approx(0.7582)


def test_only_signatures_that_it_is_confident_of_count() -> None:
    (signature,) = detected(answer("signed_page")).signatures

    assert signature.left == pytest.approx(0.124)
    assert signature.bottom == pytest.approx(0.741)


@pytest.mark.parametrize(
    ("confidence", "count"), [(CONFIDENT, 1), (CONFIDENT - 0.1, 0), (None, 0), (100.0, 1)]
)
def test_signature_counts_from_the_threshold(confidence: float | None, count: int) -> None:
    more = {} if confidence is None else {"Confidence": confidence}
    page = detected({"Blocks": [block("", 0.5, kind="SIGNATURE", **more)]})

    assert len(page.signatures) == count


def test_blank_page_has_neither_rows_nor_signatures() -> None:
    assert detected(answer("blank_page")) == DetectedPage(page=1)


def test_what_stands_over_the_edge_is_cut_off() -> None:
    page = detected(answer("cut_off_page"))
    cell = page.rows[0].cells[0]

    assert cell.box is not None
    assert cell.box.left == 0
    assert cell.box.bottom == 1
    assert page.signatures[0].right == 1


def test_rows_are_in_order_of_the_page_whatever_the_order_of_blocks() -> None:
    page = detected({"Blocks": [block("b", 0.3), block("right", 0.28, left=0.6), block("a", 0.28)]})

    assert texts(page) == [["a", "right"], ["b"]]


def test_line_is_a_gap_away_only_above_the_usual_pitch() -> None:
    tops = [0.1, 0.12, 0.14, 0.174, 0.211]
    page = detected({"Blocks": [block(f"{top}", top) for top in tops]})

    assert texts(page) == [["0.1"], ["0.12"], ["0.14"], ["0.174"], [], ["0.211"]]


def test_words_and_layout_are_not_counted_twice() -> None:
    kinds = ["PAGE", "WORD", "LAYOUT_TEXT", "LINE"]
    page = detected({"Blocks": [block("once", 0.1, kind=kind) for kind in kinds]})

    assert texts(page) == [["once"]]


def test_line_without_text_is_left_out() -> None:
    assert detected({"Blocks": [block("  ", 0.1)]}).rows == ()


def test_tool_tells_the_model() -> None:
    found = TextractDetector(Answers(answer("blank_page")), "bucket").detect(
        make_document(), [1, 2]
    )

    assert found is not None
    assert found.tool == "textract 1.0"


def test_of_many_pages_the_first_and_the_last_are_sent() -> None:
    client = Answers(answer("blank_page"))
    found = TextractDetector(client, "bucket").detect(make_document(), range(1, 31))

    assert found is not None
    assert [page.page for page in found.pages] == [1, *range(32 - MOST_PAGES, 31)]
    place = f"previews/{APPLICATION}/{LETTER}/{'1' * 64}"
    assert client.images[0] == f"{place}/1.jpg"
    assert client.images[-1] == f"{place}/30.jpg"
    assert len(client.images) == MOST_PAGES


def test_no_pages_ask_nothing() -> None:
    client = Answers(answer("blank_page"))
    found = TextractDetector(client, "bucket").detect(make_document(), [])

    assert found is not None
    assert found.pages == ()
    assert found.tool == "textract"
    assert client.images == []


@pytest.mark.parametrize(
    "code",
    [
        "BadDocumentException",
        "DocumentTooLargeException",
        "InvalidS3ObjectException",
        "UnsupportedDocumentException",
    ],
)
def test_image_that_is_not_taken_is_noted_without_a_name(
    code: str, caplog: pytest.LogCaptureFixture
) -> None:
    document = make_document(file_name="Jane Okafor.pdf")
    found = TextractDetector(Answers(error(code)), "bucket").detect(document, [3])

    assert found is not None
    assert found.pages == ()
    assert caplog.messages == [f"Textract did not take page 3 of {APPLICATION}/{LETTER}/1: {code}"]


@pytest.mark.parametrize(
    "failure",
    [
        error("ThrottlingException"),
        error("ProvisionedThroughputExceededException"),
        error("InternalServerError", 500),
        error("AnythingElse", 503),
        EndpointConnectionError(endpoint_url="https://textract.us-east-1.amazonaws.com"),
    ],
)
def test_failure_that_passes_is_unavailable(failure: Exception) -> None:
    with pytest.raises(Unavailable, match="Textract: "):
        TextractDetector(Answers(failure), "bucket").detect(make_document(), [1])


@pytest.mark.parametrize("code", ["AccessDeniedException", "InvalidParameterException"])
def test_failure_that_does_not_pass_comes_through(code: str) -> None:
    with pytest.raises(ClientError, match=code):
        TextractDetector(Answers(error(code)), "bucket").detect(make_document(), [1])


_shares = st.floats(min_value=-0.2, max_value=1.2)
_sizes = st.floats(min_value=0, max_value=1)
_boxes = st.fixed_dictionaries({"Left": _shares, "Top": _shares, "Width": _sizes, "Height": _sizes})
_geometry: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries({"BoundingBox": _boxes})
_blocks: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "BlockType": st.sampled_from(["LINE", "WORD", "SIGNATURE", "PAGE", "LAYOUT_FIGURE"]),
        "Text": st.text(max_size=20),
        "Confidence": st.floats(min_value=0, max_value=100),
        "Geometry": _geometry,
    }
)


@given(blocks=st.lists(_blocks, max_size=30))
def test_any_blocks_keep_every_line_once_and_from_top_to_bottom(
    blocks: list[dict[str, Any]],
) -> None:
    page = detected({"Blocks": blocks})
    cells = [cell for row in page.rows for cell in row.cells]
    lines = [" ".join(item["Text"].split()) for item in blocks if item["BlockType"] == "LINE"]

    assert sorted(cell.text for cell in cells) == sorted(line for line in lines if line)
    assert not any(above.cells == below.cells == () for above, below in pairwise(page.rows))
    tops = [min(_middle(cell.box) for cell in row.cells) for row in page.rows if row.cells]
    assert tops == sorted(tops)


def _middle(box: Box | None) -> float:
    assert box is not None
    return (box.top + box.bottom) / 2
