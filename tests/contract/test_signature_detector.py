"""Those who recognize signatures by hand: the fake and Textract keep the same promises.

Textract is stubbed: moto knows no signatures.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import boto3
import pytest
from botocore.stub import Stubber

from roundtable.adapters.detector_none import NoDetector
from roundtable.adapters.detector_textract import TextractDetector
from roundtable.domain.documents import preview_key
from roundtable.domain.evidence import Box
from roundtable.domain.reading import Cell, DetectedPage, Row
from roundtable.ports import SignatureDetector, Unavailable
from tests.contract.textract import answer
from tests.factories import make_document
from tests.fakes.signatures import FakeSignatureDetector

BUCKET = "roundtable-documents"

Image = Literal["signed", "blank", "not an image"]


@dataclass(frozen=True)
class Recognition:
    """What the contract is about."""

    detector: SignatureDetector
    show: Callable[[Mapping[int, Image]], None]
    """Says what is on the pages that will be asked about."""
    fail: Callable[[], None]
    """Makes the service fail for now."""


@pytest.fixture
def fake() -> Recognition:
    detector = FakeSignatureDetector()

    def show(images: Mapping[int, Image]) -> None:
        for page, image in images.items():
            signatures = (Box(left=0.1, top=0.7, right=0.3, bottom=0.75),)
            rows = (Row(cells=(Cell(text="Jane Okafor", x=0.2),), page=page),)
            if image == "signed":
                detector.put(DetectedPage(page=page, rows=rows, signatures=signatures))
            elif image == "blank":
                detector.put(DetectedPage(page=page))

    def fail() -> None:
        detector.fails = Unavailable("Textract: ThrottlingException")

    return Recognition(detector, show, fail)


@pytest.fixture
def client() -> Any:
    # There are no type stubs of this service.
    return boto3.client(  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        "textract",
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )


@pytest.fixture
def textract(client: Any) -> Iterator[Recognition]:
    with Stubber(client) as stub:

        def show(images: Mapping[int, Image]) -> None:
            for page, image in sorted(images.items()):
                name = preview_key(make_document(), page)
                expected = {
                    "Document": {"S3Object": {"Bucket": BUCKET, "Name": name}},
                    "FeatureTypes": ["SIGNATURES"],
                }
                if image == "not an image":
                    stub.add_client_error(
                        "analyze_document",
                        "UnsupportedDocumentException",
                        http_status_code=400,
                        expected_params=expected,
                    )
                else:
                    stub.add_response("analyze_document", answer(f"{image}_page"), expected)

        def fail() -> None:
            stub.add_client_error("analyze_document", "ThrottlingException", http_status_code=400)

        yield Recognition(TextractDetector(client, BUCKET), show, fail)
        stub.assert_no_pending_responses()


@pytest.fixture(params=["fake", "textract"])
def recognition(request: pytest.FixtureRequest) -> Recognition:
    return request.getfixturevalue(request.param)


def test_text_and_signatures_of_a_page_are_found(recognition: Recognition) -> None:
    recognition.show({1: "signed"})
    found = recognition.detector.detect(make_document(), [1])

    assert found is not None
    assert found.tool
    (page,) = found.pages
    assert page.page == 1
    assert "Jane Okafor" in [cell.text for row in page.rows for cell in row.cells]
    assert len(page.signatures) == 1
    assert {row.page for row in page.rows} == {1}


def test_pages_are_found_once_and_in_order(recognition: Recognition) -> None:
    recognition.show({2: "blank", 3: "signed", 5: "signed"})
    found = recognition.detector.detect(make_document(), [5, 3, 2, 3])

    assert found is not None
    assert [page.page for page in found.pages] == [2, 3, 5]
    assert found.pages[0] == DetectedPage(page=2)


def test_page_without_an_image_to_recognize_is_left_out(recognition: Recognition) -> None:
    recognition.show({1: "not an image", 2: "signed"})
    found = recognition.detector.detect(make_document(), [1, 2])

    assert found is not None
    assert [page.page for page in found.pages] == [2]


def test_service_that_fails_for_now_is_unavailable(recognition: Recognition) -> None:
    recognition.fail()
    with pytest.raises(Unavailable, match="Textract: ThrottlingException"):
        recognition.detector.detect(make_document(), [1])


@pytest.mark.parametrize("detector", [NoDetector(), FakeSignatureDetector()])
def test_where_nobody_recognizes_there_is_no_detection(detector: SignatureDetector) -> None:
    assert detector.detect(make_document(), [1]) is None
