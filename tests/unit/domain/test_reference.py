from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from roundtable.domain.reference import is_reference, reference_number

SIGNS = "23456789CDFGHJKMNPQRTVWXY"
RANDOMNESS = st.integers(0, 2**48 - 1)


@given(randomness=RANDOMNESS)
def test_reference_number_is_well_formed(randomness: int) -> None:
    text = reference_number("PE", randomness)
    assert text.startswith("PE-")
    assert len(text) == 12
    assert is_reference(text)
    assert is_reference(f" {text.lower()} ")


@given(randomness=RANDOMNESS)
def test_reference_number_with_one_mistyped_sign_is_noticed(randomness: int) -> None:
    prefix, first, second = reference_number("PE", randomness).split("-")
    signs = first + second
    for place, sign in product(range(8), SIGNS):
        typed = signs[:place] + sign + signs[place + 1 :]
        assert is_reference(f"{prefix}-{typed[:4]}-{typed[4:]}") is (typed == signs)


def test_is_reference_of_other_texts_is_false() -> None:
    for text in ("", "PE", "PE-2222", "PE-2222-222", "PE-2222-2222-2222", "PE-AEIO-U000"):
        assert not is_reference(text)
