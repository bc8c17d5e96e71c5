"""Starts the application."""

from demoexam.app import main

if __name__ == "__main__":
    main()
