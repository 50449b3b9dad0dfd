"""Who reads letters and who verifies signatures: the fakes and the functions keep one promise.

The functions run in this process, behind a real client of Lambda.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber

from roundtable.adapters.reader_lambda import LambdaReader
from roundtable.adapters.verifier_lambda import LambdaVerifier
from roundtable.domain.documents import Document, preview_key
from roundtable.domain.evidence import DigitalSignature, LetterEvidence
from roundtable.ports import LetterReader, NotFound, ReadingFailed, SignatureVerifier, Unavailable
from roundtable.runtime import composition
from tests.contract.functions import Functions
from tests.factories import make_document
from tests.factories.plain_letters import SENTENCE, plain_letter
from tests.factories.signed_pdfs import SIGNED_AT, signed_pdf
from tests.fakes import FakePorts
from tests.fakes.readers import FakeLetterReader
from tests.fakes.signatures import FakeSignatureVerifier

LETTER = plain_letter()
SECRET = "Jane Doe, CEO"


def stored(ports: FakePorts, content: bytes, **changes: Any) -> Document:
    """Return a letter that arrived with this content."""
    document = make_document(
        file_name=f"{SECRET}.pdf",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        **changes,
    )
    ports.documents.put(document.object_key, content)
    return document


@pytest.fixture
def ports(monkeypatch: pytest.MonkeyPatch) -> FakePorts:
    fakes = FakePorts()
    monkeypatch.setattr(composition, "ports", lambda: fakes)
    return fakes


@dataclass(frozen=True)
class Reading:
    """What the contract is about, and how a test makes it crash."""

    reader: LetterReader
    crash: Callable[[], None]

    def read(self, document: Document) -> Any:
        return self.reader.read(document, max_bytes=100_000, max_pages=3)


@pytest.fixture(params=["fake", "lambda"])
def reading(request: pytest.FixtureRequest, ports: FakePorts) -> Reading:
    if request.param == "fake":
        fake = FakeLetterReader(ports.documents)

        def crash_fake() -> None:
            fake.fails = ReadingFailed("Sandbox.Timedout")

        return Reading(fake, crash_fake)
    functions = Functions()

    def crash() -> None:
        functions.fail({"errorType": "Sandbox.Timedout", "errorMessage": SECRET})

    return Reading(LambdaReader(functions.client, "read_letter"), crash)


def test_letter_is_read_and_its_images_are_kept_once(ports: FakePorts, reading: Reading) -> None:
    document = stored(ports, LETTER)
    first = reading.read(document)
    image = ports.documents.newest_object(preview_key(document, 1))

    assert (first.problem, first.format, first.pages, first.previews) == ("", "pdf", 1, 1)
    assert [cell.text for row in first.rows for cell in row.cells] == [SENTENCE]
    assert image is not None
    assert image.content_type == "image/jpeg"
    assert ports.documents.newest_object(preview_key(document, 2)) is None
    assert reading.read(document) == first
    assert ports.documents.newest_object(preview_key(document, 1)) == image


def test_what_is_no_letter_is_a_problem(ports: FakePorts, reading: Reading) -> None:
    answer = reading.read(stored(ports, b"no letter at all"))

    assert answer.problem.startswith("This")
    assert answer.previews == 0


def test_letter_that_is_gone_is_not_found(reading: Reading) -> None:
    with pytest.raises(NotFound):
        reading.read(make_document())


def test_letter_that_was_not_announced_is_not_read(ports: FakePorts, reading: Reading) -> None:
    document = stored(ports, LETTER)

    with pytest.raises(ReadingFailed):
        reading.read(document.with_(sha256="0" * 64))
    assert ports.documents.newest_object(preview_key(document, 1)) is None


def test_letter_above_the_limit_is_not_read(ports: FakePorts, reading: Reading) -> None:
    with pytest.raises(ReadingFailed):
        reading.read(stored(ports, bytes(100_001)))


def test_reader_that_crashes_is_told_by_the_name_of_its_error(
    ports: FakePorts, reading: Reading
) -> None:
    reading.crash()

    with pytest.raises(ReadingFailed, match=r"Sandbox\.Timedout") as told:
        reading.read(stored(ports, LETTER))
    assert SECRET not in str(told.value)


# --- who verifies signatures ----------------------------------------------------------------

SIGNED = signed_pdf(LETTER, "Jane Doe")
BY_JANE = DigitalSignature(signer="Jane Doe", state="valid", signed_at=SIGNED_AT)


@dataclass(frozen=True)
class Verifying:
    """What the contract is about, and how a test makes it crash."""

    verifier: SignatureVerifier
    crash: Callable[[], None]


@pytest.fixture(params=["fake", "lambda"])
def verifying(request: pytest.FixtureRequest, ports: FakePorts) -> Verifying:
    if request.param == "fake":
        fake = FakeSignatureVerifier()
        fake.signatures[make_document().object_key] = (BY_JANE,)
        fake.signatures["unsigned"] = ()

        def crash_fake() -> None:
            fake.fails = ReadingFailed("Runtime.OutOfMemory")

        return Verifying(fake, crash_fake)
    functions = Functions()

    def crash() -> None:
        functions.fail({"errorType": "Runtime.OutOfMemory", "errorMessage": SECRET})

    return Verifying(LambdaVerifier(functions.client, "verify_signatures"), crash)


def test_signature_is_verified(ports: FakePorts, verifying: Verifying) -> None:
    assert verifying.verifier.verify(stored(ports, SIGNED)) == (BY_JANE,)


def test_letter_without_signatures_has_none(ports: FakePorts, verifying: Verifying) -> None:
    assert verifying.verifier.verify(stored(ports, LETTER, object_key="unsigned")) == ()


def test_signed_letter_that_is_gone_is_not_found(verifying: Verifying) -> None:
    with pytest.raises(NotFound):
        verifying.verifier.verify(make_document(object_key="gone"))


def test_verifier_that_crashes_is_told_by_the_name_of_its_error(
    ports: FakePorts, verifying: Verifying
) -> None:
    verifying.crash()

    with pytest.raises(ReadingFailed, match=r"Runtime\.OutOfMemory") as told:
        verifying.verifier.verify(stored(ports, SIGNED))
    assert SECRET not in str(told.value)


# --- what only the functions can do ---------------------------------------------------------


@pytest.fixture
def functions(ports: FakePorts) -> Functions:
    return Functions()


def read(functions: Functions, document: Document) -> Any:
    reader = LambdaReader(functions.client, "read_letter")
    return reader.read(document, max_bytes=100_000, max_pages=3)


def verify(functions: Functions, document: Document) -> Any:
    return LambdaVerifier(functions.client, "verify_signatures").verify(document)


ASKED = pytest.mark.parametrize("asked", [read, verify])


@ASKED
def test_function_is_told_nothing_of_what_was_found_before(
    functions: Functions, asked: Any
) -> None:
    functions.fail({"errorType": "X"})
    looked_into = make_document(
        evidence=LetterEvidence(readable=True, text=SECRET), rejected="It is not signed."
    )

    with pytest.raises(ReadingFailed):
        asked(functions, looked_into)
    (told,) = functions.requests
    assert not {"evidence", "rejected", "checked_at"} & set(told["document"])


@ASKED
@pytest.mark.parametrize(
    ("told", "error", "words"),
    [
        ({"errorType": "Unavailable", "errorMessage": SECRET}, Unavailable, "Unavailable"),
        ({"errorType": "NotFound", "errorMessage": SECRET}, NotFound, "NotFound"),
        ({"errorType": "Runtime.Exit", "errorMessage": SECRET}, ReadingFailed, "Runtime.Exit"),
        ({"errorMessage": SECRET}, ReadingFailed, "no name"),
        ({"errorType": SECRET}, ReadingFailed, "no name"),
        ({"errorType": [SECRET]}, ReadingFailed, "no name"),
        (SECRET, ReadingFailed, "no name"),
        (None, ReadingFailed, "no name"),
    ],
)  # fmt: skip
def test_failure_is_told_by_its_name_alone(
    functions: Functions, asked: Any, told: object, error: type[Exception], words: str
) -> None:
    functions.fail(told)

    with pytest.raises(error) as raised:
        asked(functions, make_document())
    assert type(raised.value) is error
    assert str(raised.value).endswith(f": {words}")


@ASKED
@pytest.mark.parametrize(
    "payload",
    [b"", b"null", b"[1]", b'{"problem": ["Jane Doe, CEO"]}', b'[{"signer": "Jane Doe, CEO"}]'],
)
def test_answer_of_another_shape_is_a_failure_without_its_words(
    functions: Functions, asked: Any, payload: bytes
) -> None:
    functions.say(payload)

    with pytest.raises(ReadingFailed) as raised:
        asked(functions, make_document())
    assert str(raised.value).endswith(": answers something else")
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__


@ASKED
@pytest.mark.parametrize(
    ("code", "status"), [("TooManyRequestsException", 429), ("ServiceException", 500)]
)
def test_lambda_that_takes_no_call_for_now_is_unavailable(
    functions: Functions, asked: Any, code: str, status: int
) -> None:
    with Stubber(functions.client) as stub:
        stub.add_client_error("invoke", code, http_status_code=status)
        with pytest.raises(Unavailable, match=f"Lambda: {code}"):
            asked(functions, make_document())


@ASKED
def test_missing_permission_comes_through(functions: Functions, asked: Any) -> None:
    with Stubber(functions.client) as stub:
        stub.add_client_error("invoke", "AccessDeniedException", http_status_code=403)
        with pytest.raises(ClientError):
            asked(functions, make_document())
