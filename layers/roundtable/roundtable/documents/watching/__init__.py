"""Looking into video files: what they are and how long they last, by a few ranges of them."""
