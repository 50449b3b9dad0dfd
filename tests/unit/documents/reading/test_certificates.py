from roundtable.documents.reading.certificates import signer_names

NAMES = (
    b"0\x30\x06\x03\x55\x04\x03\x0c\x08Jane Doe\x06\x03\x55\x04\x03\x1e\x08\x00\xd3\x00m\x00a\x00r"
)


def test_signer_names_of_common_names() -> None:
    assert signer_names(NAMES) == ("Jane Doe", "Ómar")


def test_signer_names_of_a_name_cut_off() -> None:
    assert signer_names(NAMES[:12]) == ()


def test_signer_names_of_nothing() -> None:
    assert signer_names(b"") == ()
