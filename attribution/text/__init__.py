"""What a text is before anybody reads it: its marks, its language, the words of a page of HTML, how offsets count."""
