"""Other people's files: spreadsheets and text tables read into plain values."""
