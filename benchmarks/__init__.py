"""Each module measures one promise and prints its ratio: `python make.py bench [NAME]`."""
