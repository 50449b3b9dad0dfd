"""Reading letters: their text and where it stands, their marks and page images. No judgement."""
