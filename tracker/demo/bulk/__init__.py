"""The quick way for more families than can be told one deed at a time: rows in thousands, in order of time, sealed for real."""
