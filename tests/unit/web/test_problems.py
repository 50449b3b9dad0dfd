import pytest

from roundtable.domain.requirements import FieldProblem
from roundtable.ports import Conflict, NotFound, Unavailable
from roundtable.usecases.applying.sign_in import NotSignedIn
from roundtable.usecases.errors import (
    Invalid,
    KeyReused,
    NotAllowed,
    NotNow,
    Refused,
    Stale,
    TooMany,
    Unknown,
)
from roundtable.web.pointers import field_problems, json_pointer
from roundtable.web.problems import Malformed, TooLarge, UnknownType, problem_for, response_for


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Malformed("c", "s"), 400),
        (NotSignedIn("c", "s"), 401),
        (NotAllowed("c", "s"), 403),
        (Unknown("c", "s"), 404),
        (NotFound(), 404),
        (NotNow("c", "s"), 409),
        (Refused("c", "s"), 409),
        (Stale("c", "s"), 412),
        (TooLarge("c", "s"), 413),
        (UnknownType("c", "s"), 415),
        (Invalid("c", "s"), 422),
        (KeyReused("c", "s"), 422),
        (TooMany("c", "s"), 429),
        (Conflict(), 503),
        (Unavailable(), 503),
        (RuntimeError(), 500),
    ],
)
def test_each_error_has_its_status(error: Exception, status: int) -> None:
    problem, _ = problem_for(error)
    assert problem.status == status
    assert problem.type == f"urn:roundtable:problem:{problem.code}"
    assert problem.title


@pytest.mark.parametrize("error", [Conflict(), Unavailable(), TooMany("c", "s")])
def test_what_may_be_tried_again_says_when(error: Exception) -> None:
    assert int(problem_for(error)[1]["Retry-After"]) > 0


def test_refusal_names_its_fields() -> None:
    refused = Invalid("invalid-form", "No.", [FieldProblem(path="/answers/why", reason="Answer.")])
    response = response_for(refused)
    assert response.status_code == 422
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.body == (
        '{"type":"urn:roundtable:problem:invalid-form","title":"Something is to be corrected",'
        '"status":422,"detail":"No.","code":"invalid-form",'
        '"errors":[{"pointer":"/answers/why","detail":"Answer."}]}'
    )


def test_unforeseen_error_keeps_its_words_to_itself(capsys: pytest.CaptureFixture[str]) -> None:
    problem, _ = problem_for(RuntimeError("ada@stmary.example"), None, lambda: "number-1")
    assert problem.instance == "urn:roundtable:occurrence:number-1"
    assert "ada@" not in problem.model_dump_json()
    assert "ada@" not in "".join(capsys.readouterr())


def test_members_of_a_union_are_one_place() -> None:
    errors = [
        {"type": "string_type", "loc": ("body", "answers", "why", "str")},
        {"type": "tuple_type", "loc": ("body", "answers", "why", "tuple[str, ...]")},
        {"type": "bool_type", "loc": ("body", "answers", "why", "bool")},
    ]
    (problem,) = field_problems(errors, {"answers": {"why": 5}})
    assert (problem.place, problem.words) == ("/answers/why", "This value is not valid.")


def test_missing_field_is_named_though_it_is_not_there() -> None:
    errors = [{"type": "missing", "loc": ("body", "team", 0, "name")}]
    (problem,) = field_problems(errors, {"team": [{"role": "x"}]})
    assert (problem.place, problem.words) == ("/team/0/name", "This field is missing.")


def test_parameter_is_named_without_a_pointer() -> None:
    errors = [{"type": "less_than_equal", "loc": ("query", "limit"), "ctx": {"le": 100}}]
    (problem,) = field_problems(errors, None)
    assert (problem.of_body, problem.place) == (False, "limit")
    assert problem.words == "Give a number of at most 100."


def test_pointer_is_escaped() -> None:
    assert json_pointer(("a/b~c",), {"a/b~c": 1}, missing=False) == "/a~1b~0c"


def test_unknown_kinds_and_missing_context_have_words() -> None:
    errors = [
        {"type": "something_new", "loc": ("body", "a")},
        {"type": "string_too_long", "loc": ("body", "b")},
    ]
    words = [item.words for item in field_problems(errors, {"a": 1, "b": 2})]
    assert words == ["This value is not valid."] * 2
