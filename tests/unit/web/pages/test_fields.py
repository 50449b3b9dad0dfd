from roundtable.domain.requirements import FieldProblem
from roundtable.web.pages.fields import Field, SummaryError, summary, with_errors

NAME = Field(name="/organization/name", label="Name")
TRACKS = Field(name="/tracks", label="Tracks", kind="some")
WHY = FieldProblem(path="/organization/name", reason="Enter the name.")


def test_id_is_made_of_the_pointer() -> None:
    assert NAME.id == "field-organization_name"
    assert Field(name="/answers/why-now", label="").id == "field-answers_why-now"
    assert Field(name="/team/0/name", label="").id == "field-team_0_name"


def test_id_of_a_strange_name_is_safe() -> None:
    assert Field(name='/a"><b> ~1', label="").id == "field-a-b-1"


def test_value_is_the_first_or_empty() -> None:
    assert (NAME.value, NAME.model_copy(update={"values": ("a", "b")}).value) == ("", "a")


def test_problem_finds_its_field() -> None:
    name, tracks = with_errors([NAME, TRACKS], [WHY])
    assert (name.error, tracks.error) == ("Enter the name.", "")


def test_problem_below_a_field_belongs_to_it() -> None:
    problem = FieldProblem(path="/tracks/1", reason="There is no such track.")
    assert with_errors([TRACKS], [problem])[0].error == "There is no such track."


def test_problem_of_a_longer_name_is_another_fields() -> None:
    problem = FieldProblem(path="/tracks-wanted", reason="No.")
    assert with_errors([TRACKS], [problem])[0].error == ""


def test_summary_links_to_fields_in_their_order() -> None:
    track = FieldProblem(path="/tracks", reason="Choose one.")
    fields = with_errors([NAME, TRACKS], [track, WHY])
    assert summary(fields, [track, WHY]) == (
        SummaryError(text="Enter the name.", href="#field-organization_name"),
        SummaryError(text="Choose one.", href="#field-tracks"),
    )


def test_summary_tells_what_belongs_to_no_field_of_the_page() -> None:
    elsewhere = FieldProblem(path="/documents/letter", reason="A letter is missing.")
    assert summary([NAME], [elsewhere, elsewhere]) == (SummaryError(text="A letter is missing."),)


def test_summary_without_problems_is_empty() -> None:
    assert summary([NAME, TRACKS]) == ()
