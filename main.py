"""Starts the application."""

from multiprocessing import freeze_support

if __name__ == "__main__":
    freeze_support()  # a built program starts itself again to read a file apart; that ends here

    from demoexam.app import main

    main()
