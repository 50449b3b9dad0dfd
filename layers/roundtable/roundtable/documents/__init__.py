"""A look into the files of an application: their type, their text, their length. No AWS.

What is found is evidence (`roundtable.domain.documents`); what it means for a requirement is
judged in `roundtable.domain.letters` and `roundtable.domain.videos`.
"""
